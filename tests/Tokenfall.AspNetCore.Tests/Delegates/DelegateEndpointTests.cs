using System.Text.Json.Serialization;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>What chooses or configures a model has no effect on a handler that calls one itself, so it is refused.</summary>
public sealed partial class DelegateEndpointTests
{
    private static readonly Dictionary<string, Action<IEndpointConventionBuilder>> Calls = new()
    {
        ["WithModel"] = endpoint => endpoint.WithModel("claude"),
        ["WithModels"] = endpoint => endpoint.WithModels("claude"),
        ["WithChatOptions"] = endpoint => endpoint.WithChatOptions(chat => chat.Temperature = 1),
        ["AllowRequestOptions"] = endpoint => endpoint.AllowRequestOptions(limits => limits.MaxTokens = 100),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Delegate_WithACallForTheModel_FailsAtStart(string call) => await AssertRefusedAsync(call, app => app.MapTokenfall("/own/stream", () => Updates.Of("hi")));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TypedHandler_WithACallForTheModel_FailsAtStart(string call) =>
        await AssertRefusedAsync(call, app => app.MapTokenfall("/own/stream", OwnJson.Default.Question, (question, _, _) => Updates.Of(question.Text)));

    [Fact]
    public async Task Delegate_WithADisconnectPolicy_Starts()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app => app.MapTokenfall("/own/stream", () => Updates.Of("hi")).WithDisconnect(DisconnectPolicy.Stop));
    }

    private static async Task AssertRefusedAsync(string call, Func<WebApplication, IEndpointConventionBuilder> map)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(
            builder => builder.Services.AddTokenfall().AddSource("claude", _ => new ScriptedSource()), app => Calls[call](map(app))));

        Assert.Contains(call, failure.Message, StringComparison.Ordinal);
        Assert.Contains("/own/stream", failure.Message, StringComparison.Ordinal);
    }

    internal sealed record Question(string Text);

    [JsonSerializable(typeof(Question))]
    private sealed partial class OwnJson : JsonSerializerContext;
}
