namespace Tokenfall.Tests;

/// <summary>What the provider gets to see of a request.</summary>
internal static class Sent
{
    public static Task<JsonElement> BodyAsync(ChatOptions options, Action<AnthropicOptions>? configure = null) =>
        BodyAsync([new ChatMessage(ChatRole.User, "a")], options, configure);

    public static async Task<JsonElement> BodyAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null, Action<AnthropicOptions>? configure = null)
    {
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Whole())));
        using var model = new Model(handler, configure: configure);
        Assert.Equal(EventKind.Done, (await model.AskAsync(new ModelRequest(messages, options ?? new ChatOptions()))).End);
        return JsonDocument.Parse(handler.RequestBody!).RootElement;
    }

    /// <summary>The refusal of a request that must not leave the process.</summary>
    public static async Task<ModelException> RefusalAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null)
    {
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Whole())));
        using var model = new Model(handler);
        var fault = (await model.AskAsync(new ModelRequest(messages, options ?? new ChatOptions()))).Fault;
        Assert.Null(handler.Request);
        Assert.Equal((ErrorCode.InvalidRequest, false), (fault.Code, fault.Retryable));
        return fault;
    }

    public static Task<ModelException> RefusalAsync(ChatOptions options) => RefusalAsync([new ChatMessage(ChatRole.User, "a")], options);
}
