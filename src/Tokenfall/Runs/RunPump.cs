using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Moves one run from its source into its log, and ends it with exactly one terminal event whatever happens.</summary>
internal sealed class RunPump(TokenfallOptions options, TimeProvider time, TokenfallMetrics? metrics, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceAtShutdown = TimeSpan.FromSeconds(1);

    private readonly Attempts _attempts = new(options.Upstream, time, logger);

    public async Task RunAsync(Run run, RunStart start, Lease lease)
    {
        var writer = new RunWriter(run.Log, time);
        var outcome = Outcome.Truncated;
        int? asked = null;
        try
        {
            asked = RunUsage.Estimate(start.Request);
            RunLogging.Started(logger, run.Id, run.RequestId, run.Model);
            outcome = await StreamAsync(run, start, writer).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            outcome = Outcome.Of(failure);
        }
        finally
        {
            var stopAge = run.StopAge;
            // A source that was left behind may still be writing: what the terminal event says of the text must stay true.
            run.Log.Seal();
            var usage = RunUsage.Of(writer, asked, outcome.Status);
            // Before the reader is told: who sees the end may start the next run at once.
            lease.Dispose();
            // The end comes before the log: a log provider that throws must not keep readers waiting for it.
            run.End(outcome.Status, outcome.Kind, outcome.ToJson(run, writer, usage));
            metrics?.Ended(outcome, stopAge);
            outcome.LogTo(logger, run, writer, usage);
        }
    }

    private async Task<Outcome> StreamAsync(Run run, RunStart start, RunWriter writer)
    {
        using var watchdog = new Watchdog(writer, options.Upstream, time);
        try
        {
            await EndInTimeAsync(run, start, writer, watchdog).ConfigureAwait(false);
        }
        catch (Exception failure) when (writer.StopReason is null)
        {
            // A stop and a timeout break the connection, and that surfaces in many shapes: the cause decides, not the shape.
            if (run.Cause != StopCause.None) return Cancelled(run);
            if (watchdog.Verdict is { } verdict) return Outcome.Timeout(verdict, failure);
            throw;
        }
        catch (Exception failure)
        {
            // The provider had declared the answer complete: what breaks after that takes nothing from the reader.
            return Outcome.Complete with { LateFailure = failure };
        }
        if (writer.StopReason is not null) return Outcome.Complete;
        if (run.Cause != StopCause.None) return Cancelled(run);
        return watchdog.Verdict is { } late ? Outcome.Timeout(late, null) : Outcome.Truncated;
    }

    /// <summary>Awaits the source, but not for ever once it was cancelled: a run must end even when its source does not listen.</summary>
    private async Task EndInTimeAsync(Run run, RunStart start, RunWriter writer, Watchdog watchdog)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(run.Stopping, watchdog.Late);
        // On a thread of its own: it may not only ignore its token but hold its thread too.
        var source = Task.Run(() => _attempts.StreamAsync(run, start, writer, either.Token), CancellationToken.None);
        // By signals of our own, not by the token: a callback that blocks would keep ours from being called.
        await Task.WhenAny(source, run.Cancelled, watchdog.Expired).ConfigureAwait(false);
        if (!source.IsCompleted) await OutwaitAsync(source, run).ConfigureAwait(false);
        // Not when the source was left behind: disposing waits for callbacks that run.
        either.Dispose();
        await source.ConfigureAwait(false);
    }

    private async Task OutwaitAsync(Task source, Run run)
    {
        var patience = run.Cause == StopCause.Interrupted ? PatienceAtShutdown : Patience;
        await source.WaitAsync(patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (source.IsCompleted) return;
        // What it still does goes nowhere, its failure too: the log takes nothing after its terminal event.
        _ = source.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        RunLogging.SourceDoesNotListen(logger, run.Id, patience, run.RequestId);
        throw new TimeoutException($"The source did not end within {patience} of its cancellation.");
    }

    private static Outcome Cancelled(Run run) => run.Cause == StopCause.Interrupted ? Outcome.Interrupted : Outcome.Stopped;
}
