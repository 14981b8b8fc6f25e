using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Moves one run from its source into its log, and ends it with exactly one terminal event whatever happens.</summary>
internal sealed class RunExecutor(TokenfallOptions options, ModelSources? sources, TimeProvider time, TokenfallMetrics? metrics, ILogger logger)
{
    // How long a source may take to return after it was cancelled.
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly RetryPolicy _retries = new(options.Upstream, new FallbackModels(options, sources), time, logger, sources);

    public async Task RunAsync(Run run, RunRequest request, Admission admission)
    {
        var writer = new RunWriter(run.Log, time);
        var outcome = RunOutcome.Truncated;
        try
        {
            RunLogging.Started(logger, run.Id, run.RequestId, run.Model ?? RunLogging.Unknown);
            outcome = await StreamAsync(run, request, admission.Ticket, writer).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            outcome = RunOutcome.Of(failure);
        }
        finally
        {
            var timeSinceStop = run.TimeSinceStop;
            if (!writer.IsAbandoned) Finish(writer);
            // A source that was abandoned may still be writing: what the terminal event says of the text must stay true.
            run.Log.Seal();
            var end = outcome.ToEnd(run, writer, admission.Reservation.Estimate.UncachedInputTokens);
            // Before readers see the end, because they may start the next run at once.
            Release(run, admission);
            // The end comes before the log: a log provider that throws must not keep readers waiting for it.
            run.Finish(end);
            metrics?.Ended(outcome, timeSinceStop);
            outcome.LogTo(logger, run, Redaction.Of(request.Source, sources), writer, end);
        }
    }

    // What is still open ends with the run: a call without the rest of its arguments, half a surrogate pair.
    private static void Finish(RunWriter writer)
    {
        try
        {
            writer.Finish();
        }
        catch (ModelException)
        {
            // The answer is as large as it may be.
        }
    }

    // A scheduler that fails must not keep readers from the end.
    private void Release(Run run, Admission admission)
    {
        try
        {
            admission.Dispose();
        }
        catch (Exception failure)
        {
            RunLogging.NotReleased(logger, LoggedException.Of(failure), run.Id);
        }
    }

    private async Task<RunOutcome> StreamAsync(Run run, RunRequest request, RunTicket ticket, RunWriter writer)
    {
        try
        {
            // A scheduler that ignores its cancellation must not keep a stopped run waiting.
            var turn = ticket.WaitAsync(new QueueProgress(run), run.Stopping);
            if (!turn.IsCompletedSuccessfully) await turn.AsTask().WaitAsync(run.Stopping).ConfigureAwait(false);
        }
        catch (Exception) when (run.Cause != StopCause.None)
        {
            return Cancelled(run);
        }
        finally
        {
            run.SetQueuePosition(0);
        }
        using var watchdog = new Watchdog(writer, options.Upstream, time);
        try
        {
            await RunSourceAsync(run, request, writer, watchdog).ConfigureAwait(false);
        }
        catch (Exception failure) when (writer.StopReason is null)
        {
            // A stop and a timeout break the connection, and that surfaces in many shapes: the cause decides, not the shape.
            if (run.Cause != StopCause.None) return Cancelled(run);
            if (watchdog.ExceededLimit is { } limit) return RunOutcome.Timeout(limit, failure);
            throw;
        }
        catch (Exception failure)
        {
            // The provider had declared the answer complete: what breaks after that takes nothing from the reader.
            return RunOutcome.Complete with { LateFailure = failure };
        }
        if (writer.StopReason is not null) return RunOutcome.Complete;
        if (run.Cause != StopCause.None) return Cancelled(run);
        return watchdog.ExceededLimit is { } exceeded ? RunOutcome.Timeout(exceeded, null) : RunOutcome.Truncated;
    }

    /// <summary>Awaits the source, but not forever once it was cancelled: a run must end even when its source ignores its token.</summary>
    private async Task RunSourceAsync(Run run, RunRequest request, RunWriter writer, Watchdog watchdog)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(run.Stopping, watchdog.Late);
        // On a thread of its own: it may not only ignore its token but block its thread too.
        var source = Task.Run(() => _retries.StreamAsync(run, request, writer, either.Token), CancellationToken.None);
        // By signals of our own, not by the token: a callback that blocks would keep ours from being called.
        await Task.WhenAny(source, run.Cancelled, watchdog.Expired).ConfigureAwait(false);
        if (!source.IsCompleted) await WaitForSourceAsync(source, run, writer).ConfigureAwait(false);
        // Not when the source was abandoned: disposing waits for running callbacks.
        either.Dispose();
        await source.ConfigureAwait(false);
    }

    private async Task WaitForSourceAsync(Task source, Run run, RunWriter writer)
    {
        var timeout = run.Cause == StopCause.Interrupted ? ShutdownTimeout : CancelTimeout;
        await source.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (source.IsCompleted) return;
        writer.IsAbandoned = true;
        // What it still writes is dropped, and so is its failure: the log takes nothing after its terminal event.
        _ = source.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        RunLogging.SourceIgnoredCancellation(logger, run.Id, timeout, run.RequestId);
        throw new TimeoutException($"The source did not end within {timeout} of its cancellation.");
    }

    private static RunOutcome Cancelled(Run run) => run.Cause switch
    {
        StopCause.Interrupted => RunOutcome.Interrupted,
        StopCause.Abandoned => RunOutcome.Abandoned,
        _ => RunOutcome.Stopped,
    };

    // Not Progress<T>, which would report later, and perhaps out of order.
    private sealed class QueueProgress(Run run) : IProgress<int>
    {
        public void Report(int value) => run.SetQueuePosition(value);
    }
}
