using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

public class RetryPolicyTests
{
    private readonly TestClock _clock = new();
    private readonly RecordedTimers _time;
    private readonly FakeLogger<RunManager> _logger = new();
    private readonly UpstreamOptions _upstream = new();
    private readonly List<string?> _asked = [];

    public RetryPolicyTests() => _time = new RecordedTimers(_clock);

    public static TheoryData<Exception> PassingFaults =>
    [
        Status(408), Status(409), Status(429), Status(500), Status(502), Status(503), Status(504), Status(520), Status(522), Status(524), Status(529),
        new HttpRequestException("no route"), new IOException("reset"), new SocketException(111), new TimeoutException("slow"),
        new TaskCanceledException("slow", new TimeoutException()),
        // Nobody asked the run to end: the client has a timeout of its own.
        new OperationCanceledException("slow"),
        new JsonException("not JSON"),
        new ModelException(ErrorCode.Overloaded, "overloaded", retryable: true),
        new ModelException(ErrorCode.Truncated, "broke off", retryable: true),
    ];

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task Fault_ThatPasses_IsRetriedUntilTheAttemptsAreUsedUp(Exception fault)
    {
        var run = await PlayAsync(_ => throw fault);

        Assert.Equal((3, RunStatus.Failed), (_asked.Count, run.Status));
    }

    public static TheoryData<Exception> LastingFaults =>
    [
        Status(400), Status(401), Status(402), Status(403), Status(404), Status(405), Status(413), Status(422),
        new ModelException(ErrorCode.UpstreamUnavailable, "429, but the spend limit is reached", retryable: false),
        new ModelException(ErrorCode.RateLimited, "429, but not to be tried again", retryable: false),
        new ModelException(ErrorCode.InvalidRequest, "too long", retryable: true),
        new InvalidOperationException("bug"),
    ];

    [Theory]
    [MemberData(nameof(LastingFaults), DisableDiscoveryEnumeration = true)]
    public async Task Fault_ThatLasts_IsNeverRetried(Exception fault)
    {
        var run = await PlayAsync(_ => throw fault);

        Assert.Equal((1, RunStatus.Failed), (_asked.Count, run.Status));
    }

    [Fact]
    public async Task Answer_OnALaterAttempt_EndsDoneAndSaysNothingOfTheEarlierOnes()
    {
        var run = await PlayAsync(writer =>
        {
            if (_asked.Count < 3) throw new IOException("reset");
            writer.Text("Hello");
            writer.Complete("end_turn");
        });

        Assert.Equal([EventKind.Start, EventKind.Text, EventKind.Done], run.Log.Frames().Select(frame => frame.Kind));
        Assert.Equal(["attempt 1 of 3", "attempt 2 of 3"], _logger.Collector.GetSnapshot().Where(entry => entry.Level == LogLevel.Warning)
            .Select(entry => entry.Message.Split(": ")[1].Split(" failed")[0]));
    }

    [Fact]
    public async Task MaxAttempts_OfOne_RetriesNothing()
    {
        _upstream.MaxAttempts = 1;
        _upstream.FallbackModel = "fallback";

        await PlayAsync(_ => throw new IOException("reset"));

        Assert.Equal(new string?[] { null }, _asked);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Backoff_OverManyRuns_IsFullJitterUnderADoublingCeiling()
    {
        _upstream.MaxAttempts = 8;
        _upstream.FirstContentTimeout = _upstream.TotalTimeout = TimeSpan.FromHours(1);
        var waits = new List<IReadOnlyList<TimeSpan>>();
        for (var i = 0; i < 40; i++)
        {
            var before = _time.Waits.Count;
            await PlayAsync(_ => throw new IOException("reset"));
            waits.Add(_time.Waits.Skip(before).ToList());
        }

        double[] ceilings = [0.5, 1, 2, 4, 8, 8, 8];
        // A wait of under a millisecond makes no timer: those runs cannot be told apart by place.
        var whole = waits.Where(run => run.Count == ceilings.Length).ToList();
        Assert.True(whole.Count > 30);
        for (var retry = 0; retry < ceilings.Length; retry++)
        {
            var seconds = whole.ConvertAll(run => run[retry].TotalSeconds);
            Assert.All(seconds, wait => Assert.InRange(wait, 0, ceilings[retry]));
            // Of 30 even draws all miss one half once in a thousand million times.
            Assert.Contains(seconds, wait => wait < ceilings[retry] / 2);
            Assert.Contains(seconds, wait => wait > ceilings[retry] / 2);
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task RetryAfter_WithinReason_IsWaitedForAndTheBackoffsJitterWithIt(double seconds)
    {
        await PlayAsync(_ => throw Limited(TimeSpan.FromSeconds(seconds)));

        Assert.Equal(2, _time.Waits.Count);
        Assert.InRange(_time.Waits[0].TotalSeconds, seconds, seconds + 0.501);
        Assert.InRange(_time.Waits[1].TotalSeconds, seconds, seconds + 1.001);
    }

    [Fact]
    public async Task RetryAfter_TooLong_IsNotWaitedForButPassedOn()
    {
        var run = await PlayAsync(_ => throw Limited(TimeSpan.FromSeconds(21)));

        Assert.Single(_asked);
        Assert.Equal(("rate_limited", 21), (run.Terminal().Code(), run.Terminal().RetryAfterSeconds()));
    }

    // A date that is past by this machine's clock.
    [Fact]
    public async Task RetryAfter_InThePast_IsNow()
    {
        var run = await PlayAsync(_ => throw Limited(TimeSpan.FromMilliseconds(-1)));

        Assert.Equal(3, _asked.Count);
        Assert.Equal(0, run.Terminal().RetryAfterSeconds());
    }

    public static TheoryData<Action<RunWriter>> Contents =>
    [
        writer => writer.Text("H"),
        writer => writer.Reasoning("hm"),
        writer => writer.ToolCall("t1", "find", "{}"u8),
        writer => writer.Progress(),
    ];

    [Theory]
    [MemberData(nameof(Contents), DisableDiscoveryEnumeration = true)]
    public async Task Fault_AfterContent_IsNotRetried(Action<RunWriter> content)
    {
        await PlayAsync(writer =>
        {
            content(writer);
            throw new IOException("reset");
        });

        Assert.Single(_asked);
    }

    [Fact]
    public async Task Fault_AfterAnEmptyButCompleteAnswer_IsNotRetried()
    {
        var run = await PlayAsync(writer =>
        {
            writer.Complete("end_turn");
            throw new IOException("reset");
        });

        Assert.Single(_asked);
        Assert.Equal(RunStatus.Done, run.Status);
    }

    [Fact]
    public async Task Usage_AloneBeforeAFault_DoesNotForbidARetry()
    {
        await PlayAsync(writer =>
        {
            writer.Usage(new TokenUsage { UncachedInputTokens = 10, OutputTokens = 0 });
            throw new IOException("reset");
        });

        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task FallbackModel_OnTheLastAttemptOnly_IsAsked()
    {
        _upstream.FallbackModel = "fallback";

        await PlayAsync(_ => throw new IOException("reset"));

        Assert.Equal([null, null, "fallback"], _asked);
    }

    // As an SDK does that tries again by itself.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task FallbackModel_AfterAClientUsedUpTheAttempts_IsAskedOnce(int requests)
    {
        _upstream.FallbackModel = "fallback";
        using var meter = new Meter("System.Net.Http");
        var sent = meter.CreateHistogram<double>("http.client.request.duration");

        await PlayAsync(_ =>
        {
            for (var i = 0; i < requests; i++) sent.Record(1, new("server.address", "model.example"), new("server.port", 443), new("error.type", "503"));
            throw Status(503);
        });

        Assert.Equal([null, "fallback"], _asked);
    }

    [Fact]
    public async Task Stream_ThatEndsBeforeAnyContent_IsAskedForAgain()
    {
        var run = await PlayAsync(writer =>
        {
            if (_asked.Count == 1) return;
            writer.Text("Hello");
            writer.Complete("end_turn");
        });

        Assert.Equal((2, RunStatus.Done), (_asked.Count, run.Status));
    }

    [Fact]
    public async Task Stream_ThatEndsAfterContent_IsNotAskedForAgain()
    {
        var run = await PlayAsync(writer => writer.Text("Hel"));

        Assert.Equal((1, "truncated"), (_asked.Count, run.Terminal().Code()));
    }

    [Fact]
    public async Task Stop_DuringABackoff_EndsAtOnce()
    {
        var failed = new TaskCompletionSource();
        var run = Start(_ =>
        {
            failed.TrySetResult();
            throw Limited(TimeSpan.FromSeconds(20));
        });
        await failed.Task.WaitAsync(TestRuns.Bound);
        await _clock.WaitForTimersAsync(2);

        run.Stop();
        await run.EndedInTime();

        Assert.Equal((1, RunStatus.Stopped, 0), (_asked.Count, run.Status, _clock.ActiveTimers));
    }

    [Fact]
    public async Task FirstContentTimeout_SpansAllAttemptsAndTheirBackoffs()
    {
        _upstream.FirstContentTimeout = TimeSpan.FromSeconds(15);
        var run = Start(_ => throw Limited(TimeSpan.FromSeconds(10)));
        await _clock.WaitForTimersAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(10.5));
        await _clock.WaitForTimersAsync(2);
        Assert.Equal(2, _asked.Count);
        _clock.Advance(TimeSpan.FromSeconds(4.5));
        await run.EndedInTime();

        Assert.Equal(("upstream_timeout", 2), (run.Terminal().Code(), _asked.Count));
    }

    private static HttpRequestException Status(int status) => new("refused", null, (HttpStatusCode)status);

    private static ModelException Limited(TimeSpan retryAfter) => new(ErrorCode.RateLimited, "429", retryable: true) { RetryAfter = retryAfter };

    private Run Start(Action<RunWriter> script)
    {
        var options = TestRuns.Plain;
        options.Upstream = _upstream;
        return TestRuns.Manager(_time, _logger, options).Start(new AskedSource(_asked, script));
    }

    /// <summary>Runs to the end, moving the clock as soon as an attempt waits for its turn.</summary>
    private async Task<Run> PlayAsync(Action<RunWriter> script)
    {
        _asked.Clear();
        var run = Start(script);
        using var over = new CancellationTokenSource(TestRuns.Bound);
        while (!run.Ended.IsCompleted)
        {
            over.Token.ThrowIfCancellationRequested();
            // The watchdog's timer and the backoff's. In small steps, so that the backoffs end before the watchdog does.
            if (_clock.ActiveTimers >= 2) _clock.Advance(TimeSpan.FromSeconds(1));
            else await Task.Yield();
        }
        Assert.Equal(0, _clock.ActiveTimers);
        return run;
    }

    private sealed class AskedSource(List<string?> asked, Action<RunWriter> script) : IModelSource
    {
        public string? Model => "fake";

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            asked.Add(request.Options.ModelId);
            script(writer);
            return Task.CompletedTask;
        }
    }
}
