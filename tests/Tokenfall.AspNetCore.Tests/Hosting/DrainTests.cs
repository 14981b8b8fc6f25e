namespace Tokenfall.AspNetCore.Tests;

/// <summary>What a shutdown does to those who are reading.</summary>
public sealed class DrainTests
{
    private readonly TestClock _time = new();

    [Fact]
    public async Task Stop_WithLiveRuns_RefusesStartsAndStillServesReadersAndStops()
    {
        await using var app = await TestApp.StartAsync(Options, _time);
        using var response = await app.Client.AskAsync("hi");
        var location = response.Headers.Location!.OriginalString;
        var answer = await app.Source.AskedAsync();
        await answer.SaidAsync("a");

        var stopping = app.StopAsync();
        await app.DrainingAsync();

        using var refused = await app.Client.AskAsync("more");
        await Refused.AssertAsync(refused, 503, "draining");
        Assert.NotNull(refused.Headers.RetryAfter);
        using var reader = await EventStream.OfAsync(await app.Client.ReadAsync(location));
        Assert.Equal("start", (await reader.FrameAsync())!.Event);
        using var stopped = await app.Client.DeleteAsync(location);
        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        Assert.Equal("stopped", (await reader.ToEndAsync())[^1].Json.GetProperty("stop_reason").GetString());
        await stopping.Soon();
        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public async Task Stop_RepeatedStartOfALiveRun_StillAttaches()
    {
        await using var app = await TestApp.StartAsync(Options, _time);
        const string Key = "3c9a8f0e-7a55-4b0e-9d4e-2f1a6d0b7c11";
        using var first = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Idempotency-Key", Key));
        var answer = await app.Source.AskedAsync();
        var stopping = app.StopAsync();
        await app.DrainingAsync();

        using var second = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Idempotency-Key", Key)));

        answer.Finish();
        Assert.Equal("done", (await second.ToEndAsync())[^1].Event);
        await stopping.Soon();
    }

    [Fact]
    public async Task Stop_SomeRunsFinishInTime_TheOthersAreInterruptedAndEveryStreamEndsWithATerminalEvent()
    {
        const int Runs = 20;
        await using var app = await TestApp.StartAsync(Options, _time);
        var streams = new List<EventStream>();
        var answers = new List<ScriptedAnswer>();
        for (var i = 0; i < Runs; i++)
        {
            streams.Add(await EventStream.OfAsync(await app.Client.AskAsync("hi")));
            answers.Add(await app.Source.AskedAsync());
        }
        var reading = streams.Select(stream => stream.ToEndAsync()).ToList();

        var timers = _time.ActiveTimers;
        var stopping = app.StopAsync();
        await _time.WaitForTimersAsync(timers + 1);
        foreach (var answer in answers.Take(Runs / 2))
        {
            answer.Say("in time");
            answer.Finish();
        }
        foreach (var answer in answers.Skip(Runs / 2)) await answer.SaidAsync("cut short");
        await Task.WhenAll(reading.Take(Runs / 2));
        _time.Advance(TimeSpan.FromSeconds(30));
        await stopping.Soon();

        var ends = (await Task.WhenAll(reading)).Select(frames => frames[^1]).ToList();
        Assert.All(ends.Take(Runs / 2), end => Assert.Equal("done", end.Event));
        Assert.All(ends.Skip(Runs / 2), end =>
        {
            Assert.Equal(("error", "interrupted"), (end.Event, end.Json.GetProperty("code").GetString()));
            Assert.True(end.Json.GetProperty("retryable").GetBoolean());
            Assert.Equal("estimated", end.Json.GetProperty("usage").GetString());
            Assert.Equal("cut short".Length, end.Json.GetProperty("chars").GetInt32());
        });
        Assert.All(answers.Skip(Runs / 2), answer => Assert.True(answer.IsCancelled));
        Assert.Equal(0, app.Runs.Count);
        Assert.DoesNotContain(app.Logs.Problems(), problem => problem.Exception is not null);
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Stop_RunsGoOn_EndsWithTheDrainTime()
    {
        await using var asked = await Asked.StartAsync(Options, _time);
        var (app, stream, answer) = asked;
        var timers = _time.ActiveTimers;
        var stopping = app.StopAsync();
        await _time.WaitForTimersAsync(timers + 1);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(answer.IsCancelled);
        _time.Advance(TimeSpan.FromSeconds(1));

        await answer.Cancelled;
        Assert.Equal("interrupted", (await stream.ToEndAsync())[^1].Json.GetProperty("code").GetString());
        await stopping.Soon();
    }

    [Fact]
    public async Task Stop_NothingRuns_IsNotDelayed()
    {
        await using var app = await TestApp.StartAsync(Options, _time);
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        (await app.Source.AskedAsync()).Finish();
        await stream.ToEndAsync();

        await app.StopAsync().Soon();

        Assert.Empty(app.Logs.Problems());
    }

    private static void Options(AppOptions options)
    {
        AppOptions.LongUpstreamTimeouts(options);
        options.DrainTime = TimeSpan.FromSeconds(30);
        // The clock is moved in leaps, while sockets are still at work.
        options.WriteTimeout = TimeSpan.FromHours(23);
    }
}
