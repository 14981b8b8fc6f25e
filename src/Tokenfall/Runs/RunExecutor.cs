using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Moves one run from its source into its log, and ends it with exactly one terminal event whatever happens.</summary>
internal sealed class RunExecutor(TokenfallOptions options, TimeProvider time, TokenfallMetrics? metrics, ILogger logger)
{
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly RetryPolicy _retries = new(options.Upstream, time, logger);

    public async Task RunAsync(Run run, RunRequest start, Lease lease)
    {
        var writer = new RunWriter(run.Log, time);
        var outcome = RunOutcome.Truncated;
        int? asked = null;
        try
        {
            asked = RunUsage.Estimate(start.Request);
            RunLogging.Started(logger, run.Id, run.RequestId, run.Model);
            outcome = await StreamAsync(run, start, writer).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            outcome = RunOutcome.Of(failure);
        }
        finally
        {
            var timeSinceStop = run.TimeSinceStop;
            // A source that was left behind may still be writing: what the terminal event says of the text must stay true.
            run.Log.Seal();
            var usage = RunUsage.Of(writer, asked, outcome.Status);
            // Before the reader is told: who sees the end may start the next run at once.
            lease.Dispose();
            // The end comes before the log: a log provider that throws must not keep readers waiting for it.
            run.End(outcome.Status, outcome.Kind, outcome.ToJson(run, writer, usage));
            metrics?.Ended(outcome, timeSinceStop);
            outcome.LogTo(logger, run, writer, usage);
        }
    }

    private async Task<RunOutcome> StreamAsync(Run run, RunRequest start, RunWriter writer)
    {
        using var watchdog = new Watchdog(writer, options.Upstream, time);
        try
        {
            await RunSourceAsync(run, start, writer, watchdog).ConfigureAwait(false);
        }
        catch (Exception failure) when (writer.StopReason is null)
        {
            // A stop and a timeout break the connection, and that surfaces in many shapes: the cause decides, not the shape.
            if (run.Cause != StopCause.None) return Cancelled(run);
            if (watchdog.Verdict is { } verdict) return RunOutcome.Timeout(verdict, failure);
            throw;
        }
        catch (Exception failure)
        {
            // The provider had declared the answer complete: what breaks after that takes nothing from the reader.
            return RunOutcome.Complete with { LateFailure = failure };
        }
        if (writer.StopReason is not null) return RunOutcome.Complete;
        if (run.Cause != StopCause.None) return Cancelled(run);
        return watchdog.Verdict is { } late ? RunOutcome.Timeout(late, null) : RunOutcome.Truncated;
    }

    /// <summary>Awaits the source, but not for ever once it was cancelled: a run must end even when its source does not listen.</summary>
    private async Task RunSourceAsync(Run run, RunRequest start, RunWriter writer, Watchdog watchdog)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(run.Stopping, watchdog.Late);
        // On a thread of its own: it may not only ignore its token but hold its thread too.
        var source = Task.Run(() => _retries.StreamAsync(run, start, writer, either.Token), CancellationToken.None);
        // By signals of our own, not by the token: a callback that blocks would keep ours from being called.
        await Task.WhenAny(source, run.Cancelled, watchdog.Expired).ConfigureAwait(false);
        if (!source.IsCompleted) await WaitForSourceAsync(source, run).ConfigureAwait(false);
        // Not when the source was left behind: disposing waits for callbacks that run.
        either.Dispose();
        await source.ConfigureAwait(false);
    }

    private async Task WaitForSourceAsync(Task source, Run run)
    {
        var timeout = run.Cause == StopCause.Interrupted ? ShutdownTimeout : CancelTimeout;
        await source.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (source.IsCompleted) return;
        // What it still does goes nowhere, its failure too: the log takes nothing after its terminal event.
        _ = source.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        RunLogging.SourceIgnoredCancellation(logger, run.Id, timeout, run.RequestId);
        throw new TimeoutException($"The source did not end within {timeout} of its cancellation.");
    }

    private static RunOutcome Cancelled(Run run) => run.Cause == StopCause.Interrupted ? RunOutcome.Interrupted : RunOutcome.Stopped;
}
