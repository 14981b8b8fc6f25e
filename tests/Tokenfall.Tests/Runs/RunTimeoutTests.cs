using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

public class RunTimeoutTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<RunManager> _logger = new();

    [Fact]
    public async Task SilentSource_ForTheFirstContentTimeout_EndsWithATimeout()
    {
        var started = new TaskCompletionSource();
        var run = TestRuns.Manager(_time, _logger).Start(CallbackSource.Silent(started));
        await started.Task.WaitAsync(TestRuns.Bound);

        _time.Advance(TimeSpan.FromMinutes(1));
        await run.EndedInTime();

        Assert.Equal("upstream_timeout", run.Terminal().Code());
        Assert.True(_logger.Collector.Has(LogLevel.Error, "FirstContentTimeout"), _logger.Collector.Text());
    }

    [Fact]
    public async Task SourceThatFallsSilent_ForTheContentTimeout_EndsWithATimeoutAndItsCharacters()
    {
        var run = await StartedAsync((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));

        _time.Advance(TimeSpan.FromSeconds(45));
        await run.EndedInTime();

        Assert.Equal(("upstream_timeout", 5), (run.Terminal().Code(), run.Terminal().Chars));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SourceThatReturnsOrBreaksInItsOwnWayWhenCancelled_IsATimeoutAllTheSame(bool breaks)
    {
        var run = await StartedAsync(async (_, cancellationToken) =>
        {
            await CancelledAsync(cancellationToken);
            if (breaks) throw new IOException("the connection was closed under me");
        });
        _time.Advance(TimeSpan.FromSeconds(45));
        await run.EndedInTime();

        Assert.Equal("upstream_timeout", run.Terminal().Code());
    }

    [Fact]
    public async Task SourceThatCompletesWhenCancelled_IsDone()
    {
        var run = await StartedAsync(async (writer, cancellationToken) =>
        {
            await CancelledAsync(cancellationToken);
            writer.Complete("end_turn");
        });

        _time.Advance(TimeSpan.FromSeconds(45));
        await run.EndedInTime();

        Assert.Equal(RunStatus.Done, run.Status);
    }

    private static async Task CancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private async Task<Run> StartedAsync(Func<RunWriter, CancellationToken, Task> then)
    {
        var started = new TaskCompletionSource();
        var run = TestRuns.Manager(_time, _logger).Start(new CallbackSource(async (writer, cancellationToken) =>
        {
            writer.Text("Hello");
            started.SetResult();
            await then(writer, cancellationToken);
        }));
        await started.Task.WaitAsync(TestRuns.Bound);
        return run;
    }
}
