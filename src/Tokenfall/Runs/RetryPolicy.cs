using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Sends a request again while nothing of the answer has been seen, and the fault is one that passes.</summary>
/// <remarks>After the first content nothing is repeated: a second answer would contradict what the reader has read.</remarks>
internal sealed class RetryPolicy(UpstreamOptions options, FallbackModels fallbacks, TimeProvider time, ILogger logger, ModelSources? sources)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(8);

    // A reader that has to wait longer than this should know.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(20);

    public async Task StreamAsync(Run run, RunRequest runRequest, RunWriter writer, CancellationToken cancellationToken)
    {
        var request = runRequest.Request;
        var readOnly = runRequest.Source as IReadOnlySource;
        var sent = 0;
        var mayFallBack = options.MaxAttempts > 1;
        while (true)
        {
            var requests = readOnly is { SendsOnce: true } ? null : UpstreamRequests.Begin();
            try
            {
                var copy = readOnly is null ? request.Copy() : request;
                var streamed = runRequest.EndOfSequenceCompletes
                    ? EndOfSequence.CompleteAsync(runRequest.Source, copy, writer, cancellationToken)
                    : runRequest.Source.StreamAsync(copy, writer, cancellationToken);
                await streamed.ConfigureAwait(false);
                if (HasBegun(writer) || cancellationToken.IsCancellationRequested) return;
                throw new ModelException(ErrorCode.Truncated, $"The stream ended before any content, and without a finish reason. {RunOutcome.Advice}", retryable: true);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && DelayAfter(failure, sent + 1, writer) is { } delay)
            {
                var count = requests?.Count ?? 1;
                if (count > 1 && options.MaxAttempts > 1) RunLogging.ClientRetries(logger, run.Id, count, options.MaxAttempts, run.RequestId);
                // One budget for all who send: a client's own three retries times three attempts would be a dozen requests for one prompt.
                sent += Math.Max(1, count);
                var fallback = mayFallBack ? fallbacks.Of(runRequest.Source) : null;
                // The last attempt is the fallback model's: a client must not use it up on the model that fails.
                if (fallback is not null) sent = Math.Min(sent, options.MaxAttempts - 1);
                if (sent >= options.MaxAttempts) throw;
                var cause = LoggedException.Of(failure, Redaction.Of(runRequest.Source, sources));
                RunLogging.Retrying(logger, run.Id, sent, options.MaxAttempts, delay, run.RequestId, cause.Summary);
                RunLogging.FailureInFull(logger, cause, run.Id, run.RequestId);
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
                if (fallback is null || sent + 1 < options.MaxAttempts) continue;
                request = WithModel(request, fallback);
                mayFallBack = false;
            }
        }
    }

    private static bool HasBegun(RunWriter writer) => writer.HasContent || writer.StopReason is not null;

    private static ModelRequest WithModel(ModelRequest request, string model)
    {
        var copy = request.Copy();
        copy.Options.ModelId = model;
        return copy;
    }

    /// <summary>How long to wait before the next attempt; null when there must be none.</summary>
    private static TimeSpan? DelayAfter(Exception failure, int attempt, RunWriter writer)
    {
        if (HasBegun(writer) || RunOutcome.Of(failure).Error is not { Retryable: true } fault) return null;
        if (fault.Code is not (ErrorCode.Overloaded or ErrorCode.RateLimited or ErrorCode.UpstreamUnavailable or ErrorCode.UpstreamTimeout or ErrorCode.Truncated)) return null;
        if (fault.RetryAfter > LongestRetryAfter) return null;
        var ceiling = FirstBackoff * Math.Pow(2, attempt - 1);
        // Full jitter: callers that failed together, or were given the same time, must not come back together.
        return (fault.RetryAfter ?? TimeSpan.Zero) + (ceiling < LongestBackoff ? ceiling : LongestBackoff) * Random.Shared.NextDouble();
    }
}
