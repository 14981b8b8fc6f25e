namespace Tokenfall.Tests;

public class RunStopTests
{
    private readonly TestClock _time = new();
    private readonly RunManager _manager;

    public RunStopTests() => _manager = TestRuns.Manager(_time);

    [Fact]
    public async Task Stop_RightAfterStart_EndsStopped()
    {
        var run = _manager.Start(CallbackSource.Silent());
        run.Stop();

        await run.EndedInTime();

        AssertStopped(run);
    }

    [Fact]
    public async Task Stop_WhileTheSourceStreams_CancelsItAndKeepsWhatThereWas()
    {
        var (run, _) = await StreamingAsync();
        run.Stop();

        await run.EndedInTime();

        AssertStopped(run);
        Assert.Equal(5, run.Terminal().Chars);
        Assert.Equal(3, run.Terminal().Usage.TotalInputTokens);
    }

    [Fact]
    public async Task Stop_Twice_EndsOnce()
    {
        var (run, _) = await StreamingAsync();
        run.Stop();
        run.Stop();

        await run.EndedInTime();

        AssertStopped(run);
    }

    [Fact]
    public async Task Stop_AfterTheEnd_ChangesNothing()
    {
        var run = _manager.Start(writer => writer.Complete("end_turn"));
        await run.EndedInTime();
        var count = run.Log.Count;

        run.Stop();

        Assert.Equal((RunStatus.Done, count), (run.Status, run.Log.Count));
    }

    [Fact]
    public async Task Stop_AfterComplete_IsDone()
    {
        var completed = new TaskCompletionSource();
        var run = _manager.Start(new CallbackSource(async (writer, cancellationToken) =>
        {
            writer.Complete("end_turn");
            completed.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }));
        await completed.Task.WaitAsync(TestRuns.Bound);
        run.Stop();

        await run.EndedInTime();

        Assert.Equal(RunStatus.Done, run.Status);
    }

    [Fact]
    public async Task Stop_WithASourceThatBreaksInItsOwnWay_IsStopped()
    {
        var (run, _) = await StreamingAsync(new IOException("closed under me"));
        run.Stop();

        await run.EndedInTime();

        AssertStopped(run);
    }

    [Fact]
    public async Task Stop_WithASourceWhoseCallbackThrows_EndsAndThrowsNothing()
    {
        var started = new TaskCompletionSource();
        var run = _manager.Start(new CallbackSource(async (_, cancellationToken) =>
        {
            using var registration = cancellationToken.Register(() => throw new InvalidOperationException("a source's fault"));
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }));
        await started.Task.WaitAsync(TestRuns.Bound);

        Assert.Null(Record.Exception(run.Stop));

        await run.EndedInTime();
        AssertStopped(run);
    }

    [Fact]
    public async Task LastReader_LeavingUnderStop_AbandonsTheRun()
    {
        var (run, _) = await StreamingAsync(disconnect: DisconnectPolicy.Stop);
        run.Read().Dispose();

        await run.EndedInTime();

        AssertEnded(run, RunStatus.Abandoned, "abandoned");
    }

    [Fact]
    public async Task LastReader_LeavingUnderGrace_AbandonsTheRunAfterTheGrace()
    {
        var (run, _) = await StreamingAsync(disconnect: DisconnectPolicy.Grace);
        run.Read().Dispose();
        Assert.False(run.Stopping.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(10));
        await run.EndedInTime();

        AssertEnded(run, RunStatus.Abandoned, "abandoned");
    }

    [Fact]
    public async Task LastReader_LeavingUnderContinue_LeavesTheRunAlone()
    {
        var (run, finish) = await StreamingAsync(disconnect: DisconnectPolicy.Continue);
        run.Read().Dispose();
        finish.SetResult();

        await run.EndedInTime();

        Assert.Equal(RunStatus.Done, run.Status);
    }

    [Fact]
    public async Task Reader_DisposedTwice_LeavesOnce()
    {
        var (run, finish) = await StreamingAsync(disconnect: DisconnectPolicy.Stop);
        using var staying = run.Read();
        var leaving = run.Read();
        leaving.Dispose();
        leaving.Dispose();

        Assert.False(run.Stopping.IsCancellationRequested);
        finish.SetResult();
        await run.EndedInTime();
    }

    [Fact]
    public async Task Reader_LeavingAfterTheEnd_StartsNoClock()
    {
        var run = _manager.Start(writer => writer.Complete("end_turn"));
        var reader = run.Read();
        await run.EndedInTime();
        reader.Dispose();

        Assert.Equal(0, _time.ActiveTimers);
    }

    private async Task<(Run Run, TaskCompletionSource Finish)> StreamingAsync(Exception? onCancel = null, DisconnectPolicy? disconnect = null)
    {
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var run = _manager.Start(new RunRequest(new CallbackSource(async (writer, cancellationToken) =>
        {
            writer.Text("Hello");
            writer.Usage(new TokenUsage { UncachedInputTokens = 3, OutputTokens = null });
            started.SetResult();
            try
            {
                await finish.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (onCancel is not null)
            {
                throw onCancel;
            }
            writer.Complete("end_turn");
        }), TestRuns.Request, "ann") { Disconnect = disconnect });
        await started.Task.WaitAsync(TestRuns.Bound);
        return (run, finish);
    }

    private void AssertStopped(Run run) => AssertEnded(run, RunStatus.Stopped, "stopped");

    private void AssertEnded(Run run, RunStatus status, string stopReason)
    {
        Assert.Equal((status, stopReason), (run.Status, run.Terminal().StopReason));
        Assert.Single(run.Log.Frames(), frame => frame.Kind.IsTerminal());
        Assert.Equal((0, 0), (_manager.Count, _time.ActiveTimers));
    }
}
