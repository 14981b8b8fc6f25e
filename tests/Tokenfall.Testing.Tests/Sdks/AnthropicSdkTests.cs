using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Anthropic.Models;
using Anthropic;
using Microsoft.Extensions.AI;
using Type = System.Type;

namespace Tokenfall.Testing.Tests.Sdks;

/// <summary>Witness: the official .NET SDK reads what the server sends, and sees its faults as it sees those of the real API.</summary>
public sealed class AnthropicSdkTests : IAsyncLifetime, IDisposable
{
    private static readonly ModelScript Everything = ModelScript.Lorem(300) with
    {
        Thinking = "First I think, \"quietly\".\n",
        Tools = [new("get_weather", """{"city":"Kraków","days":[1,2]}"""), new("stop", "{}", "toolu_own")],
        InputTokens = 25,
        OutputTokens = 321,
    };

    private static readonly MessageCreateParams Question = new()
    {
        MaxTokens = 64,
        Model = "claude-test",
        Messages = [new UserMessageParam { Content = "Hi" }],
    };

    private ModelServer _server = null!;
    private AnthropicClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync(new() { ApiKey = "secret" });
        _client = new AnthropicClient
        {
            ApiKey = "secret",
            BaseUrl = _server.Url.ToString().TrimEnd('/'),
            HttpClient = new HttpClient(_server.CreateHandler()),
            MaxRetries = 0,
        };
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Stream_OfAllBlocks_IsReadWhole()
    {
        _server.Script = Everything;

        var message = await _client.Messages.CreateStreaming(Question, Client.Deadline).Aggregate();

        AssertEverything(message);
    }

    [Fact]
    public async Task WholeMessage_OfAllBlocks_IsReadWhole()
    {
        _server.Script = Everything;

        AssertEverything(await _client.Messages.Create(Question, Client.Deadline));
    }

    [Fact]
    public async Task ChatClient_OfAllBlocks_HasTextThinkingToolsAndUsage()
    {
        _server.Script = Everything;
        using var chat = _client.AsIChatClient("claude-test");

        var response = await chat.GetStreamingResponseAsync("Hi", cancellationToken: Client.Deadline).ToChatResponseAsync();

        var contents = response.Messages.SelectMany(m => m.Contents).ToList();
        Assert.Equal(Everything.Text, string.Concat(contents.OfType<TextContent>().Select(c => c.Text)));
        Assert.Equal(Everything.Thinking, string.Concat(contents.OfType<TextReasoningContent>().Select(c => c.Text)));
        Assert.Equal(["get_weather", "stop"], contents.OfType<FunctionCallContent>().Select(c => c.Name));
        Assert.Equal("Kraków", contents.OfType<FunctionCallContent>().First().Arguments?["city"]?.ToString());
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal((25, 321), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
    }

    public static TheoryData<string, Type> StatusFaults => new()
    {
        { nameof(ModelFault.BadRequest), typeof(AnthropicBadRequestException) },
        { nameof(ModelFault.Unauthorized), typeof(AnthropicUnauthorizedException) },
        { nameof(ModelFault.SpendLimit), typeof(AnthropicEnforcedSpendLimitReachedException) },
        { nameof(ModelFault.ServerError), typeof(Anthropic5xxException) },
        { nameof(ModelFault.Overloaded), typeof(AnthropicOverloadedException) },
    };

    [Theory, MemberData(nameof(StatusFaults))]
    public async Task StatusFault_OfEachKind_IsItsTypedException(string fault, Type exception)
    {
        _server.Script = ModelScript.Fail((ModelFault)typeof(ModelFault).GetProperty(fault)!.GetValue(null)!);

        var thrown = await Assert.ThrowsAnyAsync<AnthropicApiException>(ReadAsync);

        Assert.IsAssignableFrom(exception, thrown);
        Assert.Equal(_server.Calls[0].RequestId, thrown.RequestID);
    }

    [Fact]
    public async Task RateLimited_OnceThenAnAnswer_IsRetriedByTheSdk()
    {
        _server.Enqueue(ModelScript.Fail(ModelFault.RateLimited(TimeSpan.FromSeconds(1))));
        using var client = new AnthropicClient { ApiKey = "secret", BaseUrl = _server.Url.ToString().TrimEnd('/'), MaxRetries = 1 };

        await client.Messages.CreateStreaming(Question, Client.Deadline).Aggregate();

        Assert.Equal(2, _server.Calls.Count);
        Assert.True(_server.Calls[1].At - _server.Calls[0].At >= TimeSpan.FromSeconds(0.9), "the SDK waits for retry-after");
    }

    [Fact]
    public async Task WrongKey_OfTheClient_IsUnauthorized()
    {
        using var client = new AnthropicClient { ApiKey = "wrong", BaseUrl = _server.Url.ToString().TrimEnd('/'), MaxRetries = 0 };

        await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => client.Messages.Create(Question, Client.Deadline));
    }

    [Fact]
    public async Task InBandError_InMidStream_IsATypedException()
    {
        _server.Script = new() { Fault = ModelFault.InBandError("overloaded_error", "Overloaded", 2) };

        var thrown = await Assert.ThrowsAsync<AnthropicSseException>(ReadAsync);

        Assert.Equal("overloaded_error", thrown.Type?.Raw());
    }

    [Fact]
    public async Task Reset_InMidStream_IsAnIOException()
    {
        _server.Script = new() { Fault = ModelFault.Reset(2) };

        await Assert.ThrowsAnyAsync<IOException>(ReadAsync);
    }

    [Fact]
    public async Task Garbage_InMidStream_IsAnError()
    {
        _server.Script = new() { Fault = ModelFault.Garbage(2) };

        Assert.NotNull(await Record.ExceptionAsync(ReadAsync));
    }

    [Fact]
    public async Task CleanEnd_InMidStream_HasNoStopReason()
    {
        _server.Script = new() { Fault = ModelFault.CleanEnd(2) };
        using var chat = _client.AsIChatClient("claude-test");

        var response = await chat.GetStreamingResponseAsync("Hi", cancellationToken: Client.Deadline).ToChatResponseAsync();

        Assert.Null(response.FinishReason);
    }

    private async Task ReadAsync()
    {
        await foreach (var _ in _client.Messages.CreateStreaming(Question, Client.Deadline))
        {
        }
    }

    private static void AssertEverything(Message message)
    {
        Assert.Equal(Everything.Thinking, message.Content.Select(b => b.Value).OfType<ThinkingBlock>().Single().Thinking);
        Assert.NotEmpty(message.Content.Select(b => b.Value).OfType<ThinkingBlock>().Single().Signature);
        Assert.Equal(Everything.Text, message.Content.Select(b => b.Value).OfType<TextBlock>().Single().Text);
        var tools = message.Content.Select(b => b.Value).OfType<ToolUseBlock>().ToList();
        Assert.Equal(["get_weather", "stop"], tools.Select(t => t.Name));
        Assert.Equal("Kraków", tools[0].Input["city"].GetString());
        Assert.Equal("toolu_own", tools[1].ID);
        Assert.Equal("tool_use", message.StopReason?.Raw());
        Assert.Equal((25, 321), (message.Usage.InputTokens, message.Usage.OutputTokens));
    }
}
