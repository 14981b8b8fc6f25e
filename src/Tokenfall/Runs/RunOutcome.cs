using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>How the executor ended a run, with what only the operator's log may know.</summary>
internal sealed record RunOutcome(RunStatus Status, ModelException? Error = null)
{
    public static RunOutcome Complete { get; } = new(RunStatus.Done);

    public static RunOutcome Stopped { get; } = new(RunStatus.Stopped);

    public static RunOutcome Abandoned { get; } = new(RunStatus.Abandoned);

    public static RunOutcome Truncated { get; } = Failed(
        ErrorCode.Truncated, "The stream ended although the provider had not said that the answer is complete. " + Advice);

    /// <summary>What to do about a stream of one's own that ends without a finish reason.</summary>
    public const string Advice = "Where the end of your own client's or delegate's stream is the end of the answer, set FinishReason on its last update,"
        + " return IAsyncEnumerable<string>, or call EndOfSequenceCompletes() on the endpoint or the source.";

    public static RunOutcome Interrupted { get; } = Failed(ErrorCode.Interrupted, "The server was stopped and the run had no time left to finish (Tokenfall:DrainTime).");

    /// <summary>What broke after the answer was complete: for the log only.</summary>
    public Exception? LateFailure { get; init; }

    /// <summary>Whether it was ended from outside, rather than by its source or a limit.</summary>
    public bool WasStopped => this == Stopped || this == Abandoned || this == Interrupted;

    /// <summary>The name of the outcome in metrics.</summary>
    public string Name => Error?.Code.ToWireName() ?? EndedEarly ?? "done";

    // Instead of the provider's stop reason, which there is none of.
    private string? EndedEarly => Status switch
    {
        RunStatus.Stopped => "stopped",
        RunStatus.Abandoned => "abandoned",
        _ => null,
    };

    public EventKind Kind => Error is null ? EventKind.Done : EventKind.Error;

    public static RunOutcome Timeout(string limit, Exception? cause) =>
        Failed(ErrorCode.UpstreamTimeout, $"The model did not answer in time: {limit}.", cause);

    public static RunOutcome Of(Exception failure) =>
        new(RunStatus.Failed, failure as ModelException ?? (failure as AdmissionException)?.ToModelException() ?? UpstreamErrors.Classify(failure));

    /// <summary>What readers get.</summary>
    /// <param name="run">The run.</param>
    /// <param name="writer">What the source wrote.</param>
    /// <param name="estimatedInput">The input tokens to report when the provider gave no figure.</param>
    public RunEnd ToEnd(Run run, RunWriter writer, long? estimatedInput)
    {
        var (usage, quality) = UsageEstimate.Of(writer, estimatedInput, Status);
        var end = ToEnd(run);
        return end with
        {
            Error = end.Error is null ? null : end.Error with { AfterContent = writer.HasContent },
            StopReason = Error is not null ? null : EndedEarly ?? writer.StopReason,
            Model = writer.AnsweringModel ?? run.Model,
            Usage = usage,
            Quality = quality,
        };
    }

    /// <summary>What readers get of a run whose source is gone.</summary>
    public RunEnd ToEnd(Run run) => new()
    {
        Status = Status,
        Error = Error is null ? null : new RunError(Error.Code, Error.Retryable) { RetryAfter = Error.RetryAfter },
        Model = run.Model,
        Chars = run.Log.Chars,
    };

    /// <param name="logger">Takes the line.</param>
    /// <param name="run">The run.</param>
    /// <param name="redact">Removes secrets. What a provider calls its model, or its reason to stop, is text from outside, too.</param>
    /// <param name="writer">What the source wrote.</param>
    /// <param name="end">What readers got.</param>
    public void LogTo(ILogger logger, Run run, Func<string, string> redact, RunWriter writer, RunEnd end)
    {
        if (LateFailure is not null) RunLogging.FailedAfterCompletion(logger, LoggedException.Of(LateFailure, redact), run.Id, run.RequestId);
        var model = Redacted(end.Model);
        object input = end.Usage.TotalInputTokens is { } inputTokens ? inputTokens : RunLogging.Unknown;
        object output = end.Usage.TotalOutputTokens is { } outputTokens ? outputTokens : RunLogging.Unknown;
        var quality = end.Quality.ToWireName();
        if (Error is null) RunLogging.Ended(logger, run.Id, Status, run.RequestId, model, input, output, quality, Redacted(end.StopReason));
        else if (this == Interrupted) RunLogging.Interrupted(logger, run.Id, run.RequestId, model, input, output, quality);
        // A limit that does its work is no failure of the server.
        else if (Error.InnerException is AdmissionException rejection) RunLogging.Rejected(logger, run.Id, Error.Code.ToWireName(), run.RequestId, rejection.Message);
        else
        {
            var cause = LoggedException.Of(Error.InnerException ?? Error, redact);
            // A provider that fails is no surprise: where in the code it was noticed would only hide what it said.
            var isUnexpected = Error.Code == ErrorCode.Internal;
            RunLogging.Failed(
                logger, isUnexpected ? cause : null, run.Id, Error.Code.ToWireName(), run.RequestId, model,
                Redacted(Error.UpstreamRequestId ?? writer.UpstreamRequestId),
                LoggedException.Of(Error, redact).Summary);
            if (!isUnexpected) RunLogging.FailureInFull(logger, cause, run.Id, run.RequestId);
        }

        string Redacted(string? word) => word is null ? RunLogging.Unknown : redact(word);
    }

    private static RunOutcome Failed(ErrorCode code, string message, Exception? cause = null) =>
        new(RunStatus.Failed, new ModelException(code, message, retryable: true, cause));
}
