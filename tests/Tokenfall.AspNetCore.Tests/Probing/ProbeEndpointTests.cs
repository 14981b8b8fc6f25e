namespace Tokenfall.AspNetCore.Tests;

public sealed class ProbeEndpointTests
{
    private const string Id = "0123456789abcdef";

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Probe_ReadToItsEnd_IsNumberedAndStamped(string method)
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.ProbeAsync($"id={Id}&interval=5&count=3&padding=7", new HttpMethod(method));
        using var stream = await EventStream.OfAsync(response);

        var frames = await stream.ToEndAsync();

        Assert.Equal(["hello", "tick", "tick", "tick", "end"], frames.Select(frame => frame.Event));
        Assert.Equal([0, 1, 2, 3, 4], frames.Select(frame => frame.Number));
        var stamps = frames.Skip(1).Select(frame => frame.Json.GetProperty("ms").GetDouble()).ToArray();
        Assert.Equal(stamps.Order(), stamps);
        // The system's timers count whole milliseconds, and may fire within the one before.
        Assert.True(stamps[2] > 14, $"The third tick is due after 15 ms, and was sent after {stamps[2]}.");
        Assert.Equal(7, frames[1].Json.GetProperty("padding").GetString()!.Length);
        Assert.Equal((3, 0), (frames[4].Json.GetProperty("ticks").GetInt32(), frames[4].Json.GetProperty("heartbeats").GetInt32()));
        Assert.Equal(0, app.Source.Count);
    }

    [Fact]
    public async Task Probe_Headers_AreThoseOfARun()
    {
        await using var app = await TestApp.StartAsync();

        using var probe = await app.Client.ProbeAsync();

        Assert.Equal("text/event-stream", probe.Content.Headers.ContentType!.ToString());
        Assert.True(probe.Headers.CacheControl!.NoTransform);
        Assert.Equal("no", Assert.Single(probe.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task Probe_Bare_SendsNothingForTheHops()
    {
        await using var app = await TestApp.StartAsync();

        using var probe = await app.Client.ProbeAsync("bare=1&interval=1&count=1");

        Assert.False(probe.Headers.Contains("X-Accel-Buffering"));
        Assert.False(probe.Headers.CacheControl!.NoTransform);
    }

    [Fact]
    public async Task Probe_Hello_TellsWhatArrivedAndNoSecret()
    {
        await using var app = await TestApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Probes.Path}?interval=1&count=0")
            .With("Last-Event-ID", "x.7").With("X-Forwarded-Proto", "https").With("Accept-Encoding", "gzip, br").With("Authorization", "Bearer s3cret").With("Cookie", "a=s3cret");

        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(request));
        var hello = (await stream.FrameAsync())!.Json;

        Assert.Equal(("HTTP/1.1", "http", "GET"), (hello.GetProperty("protocol").GetString(), hello.GetProperty("scheme").GetString(), hello.GetProperty("method").GetString()));
        Assert.Equal("x.7", hello.GetProperty("headers").GetProperty("Last-Event-ID").GetString());
        Assert.Equal("gzip, br", hello.GetProperty("headers").GetProperty("Accept-Encoding").GetString());
        Assert.Equal("https", hello.GetProperty("headers").GetProperty("X-Forwarded-Proto").GetString());
        Assert.True(hello.GetProperty("authorization").GetBoolean());
        Assert.True(hello.GetProperty("cookie").GetBoolean());
        Assert.DoesNotContain("s3cret", stream.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_Silence_IsFilledByHeartbeatsOnly()
    {
        var time = new TestClock();
        await using var app = await TestApp.StartAsync(time: time);
        using var stream = await EventStream.OfAsync(await app.Client.ProbeAsync("silence=1000&heartbeat=300&interval=1&count=0"));

        var reading = stream.ToEndAsync();
        await time.AdvanceUntilAsync(reading);

        Assert.Equal(["hello", "end"], (await reading).Select(frame => frame.Event));
        Assert.Equal(3, stream.Text.Split('\n').Count(line => line.StartsWith(": ", StringComparison.Ordinal)));
        Assert.Equal(3, (await reading)[1].Json.GetProperty("heartbeats").GetInt32());
    }

    [Theory]
    [InlineData("interval=0")]
    [InlineData("count=-1")]
    [InlineData("padding=16385")]
    [InlineData("silence=many")]
    [InlineData("heartbeat=99")]
    [InlineData("id=short")]
    [InlineData("interval=60001&count=10")]
    [InlineData("interval=1&count=257&padding=16384")]
    public async Task Probe_BeyondTheBounds_Is400(string query)
    {
        await using var app = await TestApp.StartAsync();

        using var refused = await app.Client.ProbeAsync(query);

        await Refused.AssertAsync(refused, 400, "bad_probe");
    }

    [Fact]
    public async Task Probe_OverTheLimit_Is429UntilAnotherEnds()
    {
        await using var app = await TestApp.StartAsync(options => options.Probe.MaxConcurrent = 1);
        using var first = await app.Client.ProbeAsync("silence=600000&count=0");

        using var refused = await app.Client.ProbeAsync();

        await Refused.AssertAsync(refused, 429, "too_many_probes");
        Assert.NotNull(refused.Headers.RetryAfter);
        await app.RequestEndedAsync();
        first.Dispose();
        await app.RequestEndedAsync();
        using var later = await app.Client.ProbeAsync();
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Probe_SwitchedOff_IsNoRun()
    {
        await using var app = await TestApp.StartAsync(options => options.Probe.Enabled = false);

        using var refused = await app.Client.ProbeAsync();

        await Refused.AssertAsync(refused, 404, "unknown_run");
    }

    [Fact]
    public async Task Probe_ReaderLeaves_TheRecordSaysWhen()
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.ProbeAsync($"id={Id}&silence=600000&count=0");
        var running = await app.Client.RecordAsync(Id);
        await app.RequestEndedAsync();

        response.Dispose();
        await app.RequestEndedAsync();
        var ended = await app.Client.RecordAsync(Id);

        Assert.Equal(("running", "aborted"), (running.State(), ended.State()));
        Assert.InRange(ended.GetProperty("ended_ms").GetDouble(), running.GetProperty("now_ms").GetDouble(), ended.GetProperty("now_ms").GetDouble());
    }

    [Fact]
    public async Task Record_OfAReadProbe_IsFinished()
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.ProbeAsync($"id={Id}&interval=1&count=2");
        using var stream = await EventStream.OfAsync(response);
        await stream.ToEndAsync();
        await app.RequestEndedAsync();

        var record = await app.Client.RecordAsync(Id);

        Assert.Equal(("finished", 2), (record.State(), record.GetProperty("ticks").GetInt32()));
    }

    [Fact]
    public async Task Record_Unknown_Is404()
    {
        await using var app = await TestApp.StartAsync();

        using var refused = await app.Client.GetAsync($"{Probes.Path}/{Id}");

        await Refused.AssertAsync(refused, 404, "unknown_probe");
    }

    [Fact]
    public async Task Shutdown_WithAProbeRunning_DoesNotWaitForIt()
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.ProbeAsync("silence=600000&count=0");

        await app.StopAsync().Soon();
    }
}
