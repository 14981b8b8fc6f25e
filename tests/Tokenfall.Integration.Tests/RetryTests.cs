using System.Net.Http.Json;
using System.Text.Json;

namespace Tokenfall.Integration.Tests;

/// <summary>What is tried again, by the server as it is shipped.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private const string Fallback = "the-fallback-model";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);
    private static readonly ModelScript Answer = ModelScript.Lorem(30);

    private ModelServer _model = null!;
    private TokenfallProcess _server = null!;

    public async Task InitializeAsync()
    {
        _model = await ModelServer.StartAsync();
        _server = await LiveStreams.StartServerAsync(_model, ("Tokenfall__Upstream__FallbackModel", Fallback));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Overloaded_TwiceThenWell_IsOneAnswerAfterThreeCalls()
    {
        _model.Enqueue(ModelScript.Fail(ModelFault.Overloaded));
        _model.Enqueue(ModelScript.Fail(ModelFault.Overloaded));

        await ReadAnswerAsync(_server);

        Assert.Equal(3, _model.Calls.Count);
    }

    [Fact]
    public async Task LastAttempt_WithAFallback_AsksThatModel()
    {
        _model.Enqueue(ModelScript.Fail(ModelFault.Overloaded));
        _model.Enqueue(ModelScript.Fail(ModelFault.Overloaded));

        await ReadAnswerAsync(_server);

        var models = _model.Calls.Select(ModelOf).ToList();
        Assert.Equal(models[0], models[1]);
        Assert.NotEqual(Fallback, models[0]);
        Assert.Equal(Fallback, models[2]);
    }

    [Fact]
    public async Task RateLimited_WithRetryAfter_IsAskedAgainNoSooner()
    {
        _model.Enqueue(ModelScript.Fail(ModelFault.RateLimited(TimeSpan.FromSeconds(1))));

        await ReadAnswerAsync(_server);

        Assert.Equal(2, _model.Calls.Count);
        var wait = _model.Calls[1].At - _model.Calls[0].At;
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task SpendLimit_IsNotTriedAgain()
    {
        _model.Enqueue(ModelScript.Fail(ModelFault.SpendLimit));
        using var client = LiveStreams.CreateClient(_server);

        var last = await RefusedAsync(client);

        Assert.Equal(("error", "upstream_unavailable"), (last.Event, last.Json.GetProperty("code").GetString()));
        Assert.Single(_model.Calls);
    }

    [Fact]
    public async Task Reset_AfterContent_IsNotTriedAgain()
    {
        var stream = new CheckedStream(Answer);
        _model.Enqueue(Answer with { Fault = ModelFault.Reset(5) });
        using var client = LiveStreams.CreateClient(_server);
        await stream.OpenAsync(client);

        var last = await stream.ReadToLastAsync();

        Assert.Equal(("error", "upstream_unavailable"), (last.Event, last.Json.GetProperty("code").GetString()));
        Assert.Equal(string.Concat(Answer.Tokens.Take(5)), stream.Text);
        Assert.Single(_model.Calls);
    }

    [Fact]
    public async Task ConnectionRefused_ThenUp_IsOneAnswer()
    {
        // Its port is free again, and one among thousands: that somebody else is given it meanwhile is unlikely.
        var gone = await ModelServer.StartAsync();
        await gone.DisposeAsync();
        await using var server = await LiveStreams.StartServerAsync(gone, ("Tokenfall__Upstream__MaxAttempts", "10"));
        var answer = ReadAnswerAsync(server);
        await server.SaysAsync("attempt 1 of 10 failed");

        await using var back = await ModelServer.StartAsync(new() { Port = gone.Url.Port });
        back.Script = Answer;

        await answer.WaitAsync(TimeLimit);
        Assert.Single(back.Calls);
    }

    private async Task ReadAnswerAsync(TokenfallProcess server)
    {
        _model.Script = Answer;
        using var client = LiveStreams.CreateClient(server);
        var stream = new CheckedStream(Answer);
        await stream.OpenAsync(client);
        await stream.ReadToEndAsync();
    }

    private static async Task<Frame> RefusedAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, App.Path) { Content = JsonContent.Create(new { prompt = "Hi" }) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = await new EventStream(await response.Content.ReadAsStreamAsync()).ToEndAsync();
        Assert.Equal(2, events.Count);
        return events[1];
    }

    private static string? ModelOf(ModelCall call) => JsonSerializer.Deserialize<JsonElement>(call.Body).GetProperty("model").GetString();
}
