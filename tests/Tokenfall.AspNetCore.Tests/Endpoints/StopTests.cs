namespace Tokenfall.AspNetCore.Tests;

public sealed class StopTests
{
    [Theory]
    [InlineData("silent")]
    [InlineData("usage known")]
    [InlineData("between tokens")]
    public async Task Delete_InEveryPhase_EveryReaderSeesStopped(string phase)
    {
        await using var app = await TestApp.StartAsync();
        using var first = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        var location = first.Location;
        using var second = await EventStream.OfAsync(await app.Client.ReadAsync(location));
        var answer = await app.Source.AskedAsync();
        if (phase == "usage known") answer.Do(run => run.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 1 }));
        if (phase == "between tokens") await answer.SaidAsync("Hel", "lo");

        using var stopped = await app.Client.DeleteAsync(location);

        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        await answer.Cancelled;
        var ends = new[] { (await first.ToEndAsync())[^1], (await second.ToEndAsync())[^1] };
        Assert.Equal(ends[0], ends[1]);
        Assert.Equal(("done", "stopped"), (ends[0].Event, ends[0].Json.GetProperty("stop_reason").GetString()));
        Assert.Equal(phase == "between tokens" ? 5 : 0, ends[0].Json.GetProperty("chars").GetInt32());
        Assert.Equal("estimated", ends[0].Json.GetProperty("usage").GetString());
        Assert.Equal(0, app.Runs.Count);
    }

    [Fact]
    public async Task Delete_BeforeTheSourceListens_TheRunEnds()
    {
        // The source has been asked and has not yet come to its first await.
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stoppedAtLast = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TestApp.StartAsync();
        app.Source.Answer = async (_, _, cancellationToken) =>
        {
            entered.TrySetResult();
            await stoppedAtLast.Task;
            cancellationToken.ThrowIfCancellationRequested();
        };
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        await entered.Task.Soon();

        using var stopped = await app.Client.DeleteAsync(stream.Location);
        stoppedAtLast.SetResult();

        Assert.Equal("stopped", (await stream.ToEndAsync())[^1].Json.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Delete_Twice_IsOneStop()
    {
        await using var talk = await Talk.StartAsync();
        using var stream = await talk.ReadAsync();

        using var once = await talk.App.Client.DeleteAsync(talk.Location);
        using var twice = await talk.App.Client.DeleteAsync(talk.Location);

        Assert.Equal(HttpStatusCode.Accepted, once.StatusCode);
        Assert.Contains(twice.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.NoContent });
        Assert.Single(await stream.ToEndAsync(), frame => frame.IsTerminal);
    }

    [Fact]
    public async Task Delete_FinishedRun_Is204AndChangesNothing()
    {
        await using var talk = await Talk.StartAsync();
        using var stream = await talk.ReadAsync();
        talk.Answer.Finish();
        var last = (await stream.ToEndAsync())[^1];

        using var late = await talk.App.Client.DeleteAsync(talk.Location);

        Assert.Equal(HttpStatusCode.NoContent, late.StatusCode);
        using var again = await talk.ReadAsync();
        Assert.Equal(last, (await again.ToEndAsync())[^1]);
        Assert.Equal("end_turn", last.Json.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Delete_LateOrNot_NeverTouchesAnotherRun()
    {
        await using var talk = await Talk.StartAsync();
        using var first = await talk.ReadAsync();
        using var other = await EventStream.OfAsync(await talk.App.Client.AskAsync("another"));
        var answer = await talk.App.Source.AskedAsync();

        using var stopped = await talk.App.Client.DeleteAsync(talk.Location);
        await first.ToEndAsync();
        using var late = await talk.App.Client.DeleteAsync(talk.Location);

        answer.Say("untouched");
        answer.Finish();
        var frames = await other.ToEndAsync();
        Assert.Equal("untouched", Frame.TextOf(frames));
        Assert.Equal("end_turn", frames[^1].Json.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Delete_SomeoneElses_Is404AndTheRunGoesOn()
    {
        await using var app = await SignedIn.StartAsync();
        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada"));
        using var stream = await EventStream.OfAsync(response);
        var answer = await app.Source.AskedAsync();

        using var refused = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Delete, response.Headers.Location).AsProgram("eve"));

        await Refused.AssertAsync(refused, 404, "unknown_run");
        answer.Finish();
        Assert.Equal("end_turn", (await stream.ToEndAsync())[^1].Json.GetProperty("stop_reason").GetString());
    }
}
