using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.AspNetCore.Tests;

public sealed class DisconnectTests
{
    private readonly FakeTimeProvider _time = new();
    private string? _location;

    [Theory]
    [InlineData(DisconnectPolicy.Stop, null)]
    [InlineData(DisconnectPolicy.Continue, "stop")]
    public async Task ReaderLeaves_StopByTheOptionsOrTheCall_TheSourceIsCancelled(DisconnectPolicy policy, string? disconnect)
    {
        await using var app = await StartAsync(policy);

        var answer = await AskAndLeaveAsync(app, disconnect is null ? new { prompt = "hi" } : new { prompt = "hi", disconnect });

        await answer.Cancelled;
    }

    [Fact]
    public async Task ReaderLeaves_StopAskedForInTheForm_TheSourceIsCancelled()
    {
        await using var app = await StartAsync(DisconnectPolicy.Continue);
        var response = await app.Client.StartAsync(Calls.PostForm(("prompt", "hi"), ("disconnect", "stop")));
        var answer = await app.Source.AskedAsync();

        response.Dispose();

        await answer.Cancelled;
    }

    [Fact]
    public async Task ReaderLeaves_Continue_TheRunGoesOnToItsEnd()
    {
        await using var app = await StartAsync(DisconnectPolicy.Stop);

        var answer = await AskAndLeaveAsync(app, new { prompt = "hi", disconnect = "continue" });
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(answer.IsCancelled);
        Assert.Equal(1, app.Runs.Count);
    }

    [Fact]
    public async Task ReaderLeaves_Grace_TheSourceIsCancelledWhenItIsOver()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);

        var answer = await AskAndLeaveAsync(app, new { prompt = "hi" });

        Assert.False(answer.IsCancelled);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(answer.IsCancelled);
        _time.Advance(TimeSpan.FromSeconds(1));
        await answer.Cancelled;
    }

    [Fact]
    public async Task ReaderComesBack_WithinGrace_TheRunGoesOn()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);
        var answer = await AskAndLeaveAsync(app, new { prompt = "hi" });

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(_location!));
        await stream.FrameAsync();
        _time.Advance(TimeSpan.FromMinutes(1));

        answer.Say("still here");
        Assert.Equal("still here", (await stream.FrameAsync())!.Text);
    }

    [Fact]
    public async Task ReaderComesBackAndLeavesAgain_Grace_IsCountedAnew()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);
        var answer = await AskAndLeaveAsync(app, new { prompt = "hi" });
        _time.Advance(TimeSpan.FromSeconds(9));

        using (var stream = await EventStream.OfAsync(await app.Client.ReadAsync(_location!))) await stream.FrameAsync();
        await app.RequestEndedAsync();

        _time.Advance(TimeSpan.FromSeconds(89));
        Assert.False(answer.IsCancelled);
        _time.Advance(TimeSpan.FromSeconds(1));
        await answer.Cancelled;
    }

    [Fact]
    public async Task ReaderLeaves_GraceIsOver_TheRunEndsAsAbandoned()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);
        var answer = await AskAndLeaveAsync(app, new { prompt = "hi" });

        _time.Advance(TimeSpan.FromSeconds(10));
        await answer.Cancelled;

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(_location!));
        var end = (await stream.ToEndAsync())[^1];
        Assert.Equal(("done", "abandoned"), (end.Event, end.Json.GetProperty("stop_reason").GetString()));
    }

    [Fact]
    public async Task WithDisconnect_OfTheEndpoint_WinsOverTheOptions()
    {
        await using var app = await StartWithEndpointAsync(DisconnectPolicy.Continue, DisconnectPolicy.Stop);

        var answer = await AskAndLeaveAsync(app, new { prompt = "hi" });

        await answer.Cancelled;
    }

    [Fact]
    public async Task WithDisconnect_TheCallSaysOtherwise_TheCallWins()
    {
        await using var app = await StartWithEndpointAsync(DisconnectPolicy.Continue, DisconnectPolicy.Stop);

        var answer = await AskAndLeaveAsync(app, new { prompt = "hi", disconnect = "continue" });
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(answer.IsCancelled);
    }

    [Fact]
    public async Task OneOfTwoReadersLeaves_Stop_TheRunGoesOn()
    {
        await using var app = await StartAsync(DisconnectPolicy.Stop);
        using var first = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        using var second = await EventStream.OfAsync(await app.Client.ReadAsync(first.Headers.Location!.OriginalString));
        await second.FrameAsync();

        using (var third = await EventStream.OfAsync(await app.Client.ReadAsync(first.Headers.Location.OriginalString))) await third.FrameAsync();
        await app.RequestEndedAsync();

        answer.Say("a");
        Assert.Equal("a", (await second.FrameAsync())!.Text);
    }

    private Task<TestApp> StartAsync(DisconnectPolicy policy) => TestApp.StartAsync(options => Policy(options, policy), _time);

    private Task<TestApp> StartWithEndpointAsync(DisconnectPolicy options, DisconnectPolicy endpoint) => TestApp.StartAsync(
        builder => TestApp.Configure(builder, configured => Policy(configured, options), _time),
        app => app.MapTokenfall(TestApp.Path).WithDisconnect(endpoint));

    private static void Policy(AppOptions options, DisconnectPolicy policy)
    {
        AppOptions.LongUpstreamTimeouts(options);
        options.Disconnect = policy;
    }

    private async Task<ScriptedAnswer> AskAndLeaveAsync(TestApp app, object body)
    {
        using var response = await app.Client.StartAsync(Calls.Post(body));
        _location = response.Headers.Location!.OriginalString;
        var answer = await app.Source.AskedAsync();
        response.Dispose();
        await app.RequestEndedAsync();
        return answer;
    }
}
