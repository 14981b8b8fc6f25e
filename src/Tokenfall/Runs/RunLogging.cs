using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>All log messages of runs. They never contain prompts, answers or keys; the type of their exceptions sees to it.</summary>
internal static partial class RunLogging
{
    /// <summary>Stands for a value that is not known: a template would write "(null)".</summary>
    public const string Unknown = "unknown";

    [LoggerMessage(1, LogLevel.Information, "Run {RunId} started by request {RequestId}, model {Model}")]
    public static partial void Started(ILogger logger, RunId runId, string requestId, string model);

    [LoggerMessage(2, LogLevel.Information, "Run {RunId} ended: {Status}, request {RequestId}, model {Model}, {InputTokens} tokens in, {OutputTokens} out ({Quality}), stop reason {StopReason}")]
    public static partial void Ended(ILogger logger, RunId runId, RunStatus status, string requestId, string model, object inputTokens, object outputTokens, string quality, string stopReason);

    [LoggerMessage(3, LogLevel.Error, "Run {RunId} failed: {Code}, request {RequestId}, model {Model}, upstream request {UpstreamRequestId}. {Detail}")]
    public static partial void Failed(ILogger logger, LoggedException? cause, RunId runId, string code, string requestId, string model, string upstreamRequestId, string detail);

    [LoggerMessage(4, LogLevel.Warning, "Run {RunId} had its complete answer when the source failed, request {RequestId}")]
    public static partial void FailedAfterCompletion(ILogger logger, LoggedException cause, RunId runId, string requestId);

    [LoggerMessage(5, LogLevel.Warning, "Run {RunId}: attempt {Attempt} of {MaxAttempts} failed before any content, the next one follows in {Delay}, request {RequestId}. {Detail}")]
    public static partial void Retrying(ILogger logger, RunId runId, int attempt, int maxAttempts, TimeSpan delay, string requestId, string detail);

    [LoggerMessage(6, LogLevel.Information, "Draining: {Runs} live runs may continue for {DrainTime}")]
    public static partial void Draining(ILogger logger, int runs, TimeSpan drainTime);

    [LoggerMessage(7, LogLevel.Warning, "Drain time is over: {Runs} live runs are interrupted")]
    public static partial void DrainOver(ILogger logger, int runs);

    [LoggerMessage(13, LogLevel.Error, "The server stops without waiting any longer: a start, the journal or the ledger has not come to an end within {Timeout} of the end of the drain")]
    public static partial void DrainAbandoned(ILogger logger, TimeSpan timeout);

    [LoggerMessage(8, LogLevel.Error, "Run {RunId}: the source did not end within {Timeout} of its cancellation and was abandoned; it must pass its CancellationToken on, request {RequestId}")]
    public static partial void SourceIgnoredCancellation(ILogger logger, RunId runId, TimeSpan timeout, string requestId);

    // A warning: a restart in the middle of answers is no failure of the server.
    [LoggerMessage(9, LogLevel.Warning, "Run {RunId} interrupted, request {RequestId}, model {Model}, {InputTokens} tokens in, {OutputTokens} out ({Quality})")]
    public static partial void Interrupted(ILogger logger, RunId runId, string requestId, string model, object inputTokens, object outputTokens, string quality);

    [LoggerMessage(14, LogLevel.Information, "Run {RunId} was rejected while it waited for its turn: {Code}, request {RequestId}. {Detail}")]
    public static partial void Rejected(ILogger logger, RunId runId, string code, string requestId, string detail);

    [LoggerMessage(12, LogLevel.Error, "Run {RunId}: the scheduler failed when its place was given back")]
    public static partial void NotReleased(ILogger logger, LoggedException cause, RunId runId);

    [LoggerMessage(10, LogLevel.Error, "Run {RunId}: its usage could not be settled in the ledger")]
    public static partial void NotSettled(ILogger logger, LoggedException cause, RunId runId);

    [LoggerMessage(15, LogLevel.Debug, "Run {RunId}: the failure in full, request {RequestId}")]
    public static partial void FailureInFull(ILogger logger, LoggedException cause, RunId runId, string requestId);

    [LoggerMessage(20, LogLevel.Warning, "Run {RunId}: the client sent the request {Requests} times by itself. These count towards Tokenfall:Upstream:MaxAttempts ({MaxAttempts}). Let one of the two retry: turn the client's retries off, such as by MaxRetries = 0, or set MaxAttempts to 1. Request {RequestId}")]
    public static partial void ClientRetries(ILogger logger, RunId runId, int requests, int maxAttempts, string requestId);
}
