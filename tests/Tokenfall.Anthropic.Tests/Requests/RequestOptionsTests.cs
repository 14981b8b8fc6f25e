namespace Tokenfall.Tests;

/// <summary>Which of the chat options reach the provider, and which are refused.</summary>
public sealed class RequestOptionsTests
{
    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration(
        "weather", "The weather in a city.", JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}""").RootElement);

    [Fact]
    public async Task MaxOutputTokens_Unset_Is2048() => Assert.Equal(2048, (await Sent.BodyAsync(new ChatOptions())).GetProperty("max_tokens").GetInt32());

    [Fact]
    public async Task Sampling_IsSent()
    {
        var body = await Sent.BodyAsync(new ChatOptions { Temperature = 0.5f, TopP = 0.25f, TopK = 40, StopSequences = ["###"], MaxOutputTokens = 7 });

        Assert.Equal((0.5, 0.25, 40, 7), (body.GetProperty("temperature").GetDouble(), body.GetProperty("top_p").GetDouble(), body.GetProperty("top_k").GetInt32(), body.GetProperty("max_tokens").GetInt32()));
        Assert.Equal("""["###"]""", body.GetProperty("stop_sequences").GetRawText());
    }

    [Fact]
    public async Task SystemPrompts_OfAllPlaces_ComeInOrder()
    {
        var body = await Sent.BodyAsync(
            [new(ChatRole.System, "third"), new(ChatRole.User, "a")], new ChatOptions { Instructions = "second" }, options => options.System = "first");

        Assert.Equal("first\n\nsecond\n\nthird", body.GetProperty("system").GetString());
        Assert.Equal(1, body.GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData(null, null, """{"type":"adaptive"}""", null)]
    [InlineData(ReasoningEffort.None, null, """{"type":"disabled"}""", null)]
    [InlineData(ReasoningEffort.Low, ReasoningOutput.None, """{"type":"adaptive","display":"omitted"}""", "low")]
    [InlineData(ReasoningEffort.Medium, ReasoningOutput.Summary, """{"type":"adaptive","display":"summarized"}""", "medium")]
    [InlineData(ReasoningEffort.High, ReasoningOutput.Full, """{"type":"adaptive","display":"summarized"}""", "high")]
    [InlineData(ReasoningEffort.ExtraHigh, null, """{"type":"adaptive"}""", "xhigh")]
    public async Task Reasoning_IsSentAsThinkingAndEffort(ReasoningEffort? effort, ReasoningOutput? output, string thinking, string? sent)
    {
        var body = await Sent.BodyAsync(new ChatOptions { Reasoning = new ReasoningOptions { Effort = effort, Output = output } });

        Assert.Equal(thinking, body.GetProperty("thinking").GetRawText());
        Assert.Equal(sent, body.TryGetProperty("output_config", out var config) ? config.GetProperty("effort").GetString() : null);
    }

    [Fact]
    public async Task ResponseFormat_WithASchema_IsSent()
    {
        var schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

        var body = await Sent.BodyAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) });

        Assert.Equal("""{"format":{"type":"json_schema","schema":{"type":"object"}}}""", body.GetProperty("output_config").GetRawText());
    }

    [Fact]
    public async Task Tools_AreSent()
    {
        var body = await Sent.BodyAsync(new ChatOptions { Tools = [Weather, new HostedWebSearchTool()] });

        Assert.Equal(
            """[{"name":"weather","description":"The weather in a city.","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},{"type":"web_search_20250305","name":"web_search"}]""",
            body.GetProperty("tools").GetRawText());
        Assert.False(body.TryGetProperty("tool_choice", out _));
    }

    [Fact]
    public async Task Tool_WithoutASchema_TakesAnObject()
    {
        var body = await Sent.BodyAsync(new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("now", null, JsonDocument.Parse("{}").RootElement)] });

        Assert.Equal("""{"type":"object"}""", body.GetProperty("tools")[0].GetProperty("input_schema").GetRawText());
    }

    public static TheoryData<ChatToolMode?, bool?, string?> ToolModes => new()
    {
        { null, null, null },
        { ChatToolMode.Auto, null, null },
        { ChatToolMode.Auto, true, null },
        { null, false, """{"type":"auto","disable_parallel_tool_use":true}""" },
        { ChatToolMode.None, null, """{"type":"none"}""" },
        { ChatToolMode.RequireAny, null, """{"type":"any"}""" },
        { ChatToolMode.RequireSpecific("weather"), false, """{"type":"tool","name":"weather","disable_parallel_tool_use":true}""" },
    };

    [Theory]
    [MemberData(nameof(ToolModes), DisableDiscoveryEnumeration = true)]
    public async Task ToolMode_IsSentAsToolChoice(ChatToolMode? mode, bool? parallel, string? choice)
    {
        var body = await Sent.BodyAsync(new ChatOptions { Tools = [Weather], ToolMode = mode, AllowMultipleToolCalls = parallel });

        Assert.Equal(choice, body.TryGetProperty("tool_choice", out var sent) ? sent.GetRawText() : null);
    }

    public static TheoryData<string, ChatOptions> Refused => new()
    {
        { "Seed", new ChatOptions { Seed = 1 } },
        { "FrequencyPenalty", new ChatOptions { FrequencyPenalty = 1 } },
        { "PresencePenalty", new ChatOptions { PresencePenalty = 1 } },
        { "ResponseFormat", new ChatOptions { ResponseFormat = ChatResponseFormat.Json } },
        { "AllowBackgroundResponses", new ChatOptions { AllowBackgroundResponses = true } },
        { "ContinuationToken", new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) } },
        { "ConversationId", new ChatOptions { ConversationId = "c" } },
        { "RawRepresentationFactory", new ChatOptions { RawRepresentationFactory = _ => null } },
        { "AdditionalProperties['service_tier']", new ChatOptions { AdditionalProperties = new() { ["service_tier"] = "auto" } } },
        { "Temperature", new ChatOptions { Temperature = float.NaN } },
        { "HostedCodeInterpreterTool", new ChatOptions { Tools = [new HostedCodeInterpreterTool()] } },
        { "ToolMode", new ChatOptions { ToolMode = ChatToolMode.RequireAny } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Option_ThatTheApiDoesNotHave_IsRefusedByNameBeforeAnythingIsSent(string name, ChatOptions options) =>
        Assert.Contains(name, (await Sent.RefusalAsync(options)).Message, StringComparison.Ordinal);
}
