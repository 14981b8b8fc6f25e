using Anthropic;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Integration.Tests;

/// <summary>The official Anthropic SDK as the model, in both ways in which an application can bring an <see cref="IChatClient"/>.</summary>
public class ChatClientTests
{
    private static readonly ModelScript Script = ModelScript.Lorem(60) with { InputTokens = 25, OutputTokens = 61 };

    public enum Way { AddChatClient, Delegate }

    [Theory, InlineData(Way.AddChatClient), InlineData(Way.Delegate)]
    public async Task Answer_ThatIsComplete_HasTheSameTextAndUsage(Way way)
    {
        var events = await AskAsync(way, Script);

        Assert.Equal(Script.Text, TextOf(events));
        Assert.Equal("done", Last(events).Event);
        Assert.Equal(25, Last(events).Json.GetProperty("input_tokens").GetInt32());
        Assert.Equal(61, Last(events).Json.GetProperty("output_tokens").GetInt32());
        Assert.Equal(Script.Text.Length, Last(events).Json.GetProperty("chars").GetInt32());
    }

    // The SDK ends its own stream as if all were well; only the missing finish reason tells.
    [Theory, InlineData(Way.AddChatClient), InlineData(Way.Delegate)]
    public async Task Answer_ThatJustEnds_IsTruncated(Way way)
    {
        var events = await AskAsync(way, Script with { Fault = ModelFault.CleanEnd(20) });

        Assert.Equal(string.Concat(Script.Tokens.Take(20)), TextOf(events));
        Assert.Equal(("error", "truncated"), (Last(events).Event, Last(events).Json.GetProperty("code").GetString()));
    }

    [Theory, InlineData(Way.AddChatClient), InlineData(Way.Delegate)]
    public async Task Answer_WithAnErrorInside_EndsInOneErrorWithoutTheProvidersWords(Way way)
    {
        var events = await AskAsync(way, Script with { Fault = ModelFault.InBandError("overloaded_error", "Words of the provider", 20) });

        Assert.Equal(string.Concat(Script.Tokens.Take(20)), TextOf(events));
        Assert.Equal("error", Last(events).Event);
        Assert.DoesNotContain("Words of the provider", Last(events).Data, StringComparison.Ordinal);
    }

    // The SDK wraps the broken connection in an exception of its own.
    [Theory, InlineData(Way.AddChatClient), InlineData(Way.Delegate)]
    public async Task Answer_ThatNeverCame_IsRetryable(Way way)
    {
        var events = await AskAsync(way, Script with { Fault = ModelFault.HangUp });

        Assert.Equal("upstream_unavailable", Last(events).Json.GetProperty("code").GetString());
        Assert.True(Last(events).Json.GetProperty("retryable").GetBoolean());
    }

    private static async Task<IReadOnlyList<Frame>> AskAsync(Way way, ModelScript script)
    {
        await using var model = await ModelServer.StartAsync();
        model.Script = script;
        using var client = new AnthropicClient { ApiKey = "secret", BaseUrl = model.Url.ToString().TrimEnd('/'), MaxRetries = 0 };
        using var chat = client.AsIChatClient("claude-test");
        await using var app = await App.StartAsync(
            services => services.AddSingleton(chat).AddTokenfall().AddChatClient(),
            way is Way.AddChatClient ? null : target => target.MapTokenfall(App.Path, Ask));

        var (response, reader) = await app.AskAsync();
        using var _ = response;
        var events = await reader.ToEndAsync();
        Assert.Single(events, e => e.IsTerminal);
        return events;
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Ask(Question question, IChatClient chat, CancellationToken ct) =>
        chat.GetStreamingResponseAsync(question.Prompt, cancellationToken: ct);

    private static string TextOf(IEnumerable<Frame> events) => string.Concat(events.Where(e => e.Event == "delta").Select(e => e.Text));

    private static Frame Last(IReadOnlyList<Frame> events) => events[^1];

    private sealed record Question(string Prompt);
}
