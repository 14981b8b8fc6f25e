using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>How a run ended: what its terminal event says to readers and what the log says to the operator.</summary>
internal sealed record RunOutcome(RunStatus Status, ModelException? Error = null)
{
    public static RunOutcome Complete { get; } = new(RunStatus.Done);

    public static RunOutcome Stopped { get; } = new(RunStatus.Stopped);

    public static RunOutcome Truncated { get; } = Failed(ErrorCode.Truncated, "The stream ended although the provider had not said that the answer is complete.");

    public static RunOutcome Interrupted { get; } = Failed(ErrorCode.Interrupted, "The server was stopped and the run had no time left to finish (Tokenfall:DrainTime).");

    /// <summary>What broke after the answer was complete: for the log only.</summary>
    public Exception? LateFailure { get; init; }

    /// <summary>Whether a call ended it, rather than its source or a limit.</summary>
    public bool WasStopped => this == Stopped || this == Interrupted;

    public EventKind Kind => Error is null ? EventKind.Done : EventKind.Error;

    public static RunOutcome Timeout(string verdict, Exception? cause) =>
        Failed(ErrorCode.UpstreamTimeout, $"The model was given up: {verdict}.", cause);

    public static RunOutcome Of(Exception failure) =>
        new(RunStatus.Failed, failure as ModelException ?? UpstreamErrors.Classify(failure));

    public byte[] ToJson(Run run, RunWriter writer, RunUsage usage)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Error is not null) WriteError(json, Error, run);
            usage.WriteTokens(json);
            if (Error is null) json.WriteString("stop_reason", Status == RunStatus.Stopped ? "stopped" : writer.StopReason);
            json.WriteNumber("chars", writer.Chars);
            json.WriteString("usage", usage.Quality);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public void LogTo(ILogger logger, Run run, RunWriter writer, RunUsage usage)
    {
        if (LateFailure is not null) RunLogging.FailedAfterCompletion(logger, LateFailure, run.Id, run.RequestId);
        if (Error is null) RunLogging.Ended(logger, run.Id, Status, run.RequestId, run.Model, usage.InputTokens, usage.OutputTokens, usage.Quality, writer.StopReason);
        else if (this == Interrupted) RunLogging.Interrupted(logger, run.Id, run.RequestId, run.Model, usage.InputTokens, usage.OutputTokens, usage.Quality);
        else RunLogging.Failed(logger, Error.InnerException, run.Id, Error.Code.ToWireName(), run.RequestId, run.Model, Error.UpstreamRequestId ?? writer.UpstreamRequestId, Error.Message);
    }

    private static RunOutcome Failed(ErrorCode code, string message, Exception? cause = null) =>
        new(RunStatus.Failed, new ModelException(code, message, retryable: true, cause));

    private static void WriteError(Utf8JsonWriter json, ModelException error, Run run)
    {
        json.WriteString("code", error.Code.ToWireName());
        json.WriteString("message", error.Code.ToReaderMessage(error.Retryable));
        json.WriteBoolean("retryable", error.Retryable);
        json.WriteString("request_id", run.RequestId);
        if (error.RetryAfter is { } wait) json.WriteNumber("retry_after", Math.Ceiling(wait.TotalSeconds));
    }
}
