using System.Net;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>Whatever a source does, its run ends with exactly one terminal event, and that says what happened.</summary>
public class RunOutcomeTests
{
    private readonly FakeLogger<RunManager> _logger = new();
    private readonly TestClock _time = new();
    private readonly RunManager _manager;

    public RunOutcomeTests() => _manager = TestRuns.Manager(_time, _logger);

    [Fact]
    public async Task Source_ThatCompletes_EndsWithDone()
    {
        var run = await EndedAsync(writer =>
        {
            writer.Text("Hé😀");
            writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 39 });
            writer.Complete("end_turn");
        });

        Assert.Equal(RunStatus.Done, run.Status);
        var end = run.Terminal();
        Assert.Equal((12, 39, UsageQuality.Measured), (end.Usage.TotalInputTokens, end.Usage.TotalOutputTokens, end.Quality));
        Assert.Equal(("end_turn", 4, null), (end.StopReason, end.Chars, end.Error));
        AssertOneTerminal(run);
    }

    [Fact]
    public async Task Source_WithoutUsage_SaysThatItIsUnknown()
    {
        var run = await EndedAsync(writer => writer.Complete("end_turn"));

        Assert.Null(run.Terminal().Usage.TotalInputTokens);
        Assert.Null(run.Terminal().Usage.TotalOutputTokens);
    }

    [Fact]
    public async Task Source_ThatReturnsWithoutComplete_EndsTruncated()
    {
        var run = await EndedAsync(writer =>
        {
            writer.Text("Hal");
            writer.Usage(new TokenUsage { UncachedInputTokens = 5, OutputTokens = null });
        });

        Assert.Equal(RunStatus.Failed, run.Status);
        AssertError(run, "truncated", retryable: true);
        Assert.Equal(3, run.Terminal().Chars);
        Assert.Equal(5, run.Terminal().Usage.TotalInputTokens);
        AssertOneTerminal(run);
    }

    [Theory]
    [InlineData("", "The model could not be reached. Try again.")]
    [InlineData("Hal", "The connection to the model was lost. Try again.")]
    public async Task Source_WhoseConnectionFails_SaysWhetherThereWasOne(string text, string message)
    {
        var run = await EndedAsync(writer =>
        {
            if (text.Length > 0) writer.Text(text);
            throw new IOException("reset");
        });

        Assert.Equal(message, run.Terminal().Error!.Message);
    }

    [Fact]
    public async Task Source_ThatFailsAfterComplete_EndsWithDone()
    {
        var run = await EndedAsync(writer =>
        {
            writer.Text("All");
            writer.Complete("end_turn");
            throw new IOException("reset by peer");
        });

        Assert.Equal(RunStatus.Done, run.Status);
        Assert.True(_logger.Collector.Has(LogLevel.Warning, "reset by peer"), _logger.Collector.Text());
        AssertOneTerminal(run);
    }

    public static TheoryData<Exception, string, bool> Failures => new()
    {
        { new HttpRequestException("x", null, HttpStatusCode.TooManyRequests), "rate_limited", true },
        { new HttpRequestException("no route"), "upstream_unavailable", true },
        { new IOException("reset"), "upstream_unavailable", true },
        { new TimeoutException("slow"), "upstream_timeout", true },
        { new TaskCanceledException("slow", new TimeoutException()), "upstream_timeout", true },
        { new JsonException("not JSON"), "upstream_unavailable", true },
        { new OperationCanceledException("nobody asked for it"), "upstream_timeout", true },
        { new InvalidOperationException("bug"), "internal", false },
        { new ModelException(ErrorCode.Overloaded, "529", retryable: true), "overloaded", true },
        { new ModelException(ErrorCode.UpstreamUnavailable, "bad key", retryable: false), "upstream_unavailable", false },
        { new ModelException(ErrorCode.InvalidRequest, "too long", retryable: false), "invalid_request", false },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Source_ThatThrows_EndsWithItsCode(Exception failure, string code, bool retryable)
    {
        var run = await EndedAsync(writer =>
        {
            writer.Text("a");
            throw failure;
        });

        AssertError(run, code, retryable);
        AssertOneTerminal(run);
    }

    [Fact]
    public async Task Source_ThatThrowsBeforeItsTask_EndsTheSameWay()
    {
        var run = _manager.Start(new CallbackSource((_, _) => throw new IOException("at once")));
        await run.EndedInTime();

        AssertError(run, "upstream_unavailable", retryable: true);
    }

    [Fact]
    public async Task Failure_WithRetryAfter_HasIt()
    {
        var run = await EndedAsync(_ => throw new ModelException(ErrorCode.RateLimited, "429", true) { RetryAfter = TimeSpan.FromSeconds(1.2) });

        Assert.Equal(1.2, run.Terminal().RetryAfterSeconds());
    }

    [Fact]
    public async Task Failure_Detail_IsInTheLogAndNotInTheEvent()
    {
        var run = _manager.Start(new RunRequest(
            new CallbackSource(_ => throw new ModelException(ErrorCode.Overloaded, "secret detail", true, new IOException("inner detail")) { UpstreamRequestId = "req_up" }),
            TestRuns.Request, "ann") { RequestId = "req-7" });
        await run.EndedInTime();

        var entry = Assert.Single(_logger.Collector.GetSnapshot(), entry => entry.Level == LogLevel.Error);
        Assert.All(new[] { "secret detail", "inner detail", "req_up", "req-7", run.Id.ToString(), "overloaded" }, part => Assert.Contains(part, entry.Text(), StringComparison.Ordinal));
        var payload = run.Log.Frames()[^1].Text();
        Assert.DoesNotContain("detail", payload, StringComparison.Ordinal);
        Assert.DoesNotContain("req_up", payload, StringComparison.Ordinal);
        Assert.Equal("req-7", run.RequestId);
    }

    [Fact]
    public async Task Truncation_OfAnAnswerWithAnUpstreamRequestId_HasItInTheLogOnly()
    {
        var run = await EndedAsync(writer =>
        {
            writer.UpstreamRequest("req_up");
            writer.Text("so far");
        });

        var entry = Assert.Single(_logger.Collector.GetSnapshot(), entry => entry.Level == LogLevel.Error);
        Assert.Contains("upstream request req_up.", entry.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("req_up", run.Log.Frames()[^1].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_WithoutARequestId_NamesTheRun()
    {
        var run = await EndedAsync(_ => throw new IOException());

        Assert.Equal(run.Id.ToString(), run.RequestId);
    }

    [Fact]
    public async Task Ended_AfterAFailure_IsNotFaulted()
    {
        var run = await EndedAsync(_ => throw new InvalidOperationException("bug"));

        Assert.True(run.Ended.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Log_ThatFails_DoesNotKeepARunFromEnding()
    {
        var manager = TestRuns.Manager(_time, BrokenLog(LogLevel.Warning));
        var run = manager.Start(_ => throw new IOException());
        await run.EndedInTime();

        AssertError(run, "upstream_unavailable", retryable: true);
        Assert.Equal(0, manager.Count);
    }

    [Fact]
    public async Task Log_ThatFails_TakesNothingFromACompleteAnswer()
    {
        var manager = TestRuns.Manager(_time, BrokenLog(LogLevel.Warning));
        var run = manager.Start(writer =>
        {
            writer.Complete("end_turn");
            throw new IOException("reset by peer");
        });
        await run.EndedInTime();

        Assert.Equal(RunStatus.Done, run.Status);
    }

    [Fact]
    public async Task Start_WithALogThatFails_EndsTheRun()
    {
        var manager = TestRuns.Manager(_time, BrokenLog(LogLevel.Trace));
        var run = manager.Start(CallbackSource.Silent());
        await run.EndedInTime();

        AssertError(run, "internal", retryable: false);
        Assert.Equal(0, manager.Count);
    }

    [Fact]
    public async Task StopReason_WithALoneSurrogate_StillEndsTheRun()
    {
        var run = await EndedAsync(writer => writer.Complete("odd\ud83d"));

        Assert.Equal("odd\ufffd", run.Terminal().StopReason);
    }

    [Fact]
    public async Task Source_ThatWritesAfterTheEnd_IsToldSo()
    {
        RunWriter? kept = null;
        var run = await EndedAsync(writer => (kept = writer).Complete("end_turn"));

        Assert.Throws<InvalidOperationException>(() => kept!.Text("late"));
        AssertOneTerminal(run);
    }

    private static FakeLogger<RunManager> BrokenLog(LogLevel from) => new(FakeLogCollector.Create(new()
    {
        OutputSink = _ => { },
        OutputFormatter = record => record.Level >= from ? throw new InvalidOperationException("disk full") : "",
    }));

    private async Task<Run> EndedAsync(Action<RunWriter> script)
    {
        var run = _manager.Start(script);
        await run.EndedInTime();
        Assert.Equal(0, _manager.Count);
        Assert.Equal(0, _time.ActiveTimers);
        return run;
    }

    private static void AssertError(Run run, string code, bool retryable)
    {
        var error = run.Terminal();
        Assert.Equal(EventKind.Error, run.Log.Frames()[^1].Kind);
        Assert.Equal((code, retryable), (error.Code(), error.Error!.Retryable));
        Assert.NotEmpty(error.Error!.Message);
        Assert.NotEmpty(run.RequestId);
    }

    private static void AssertOneTerminal(Run run) => Assert.Single(run.Log.Frames(), frame => frame.Kind.IsTerminal());
}
