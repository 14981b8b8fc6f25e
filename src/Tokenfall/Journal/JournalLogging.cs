using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>All log messages of the journal. They never contain prompts or answers.</summary>
internal static partial class JournalLogging
{
    [LoggerMessage(30, LogLevel.Error, "The journal cannot be written. Live runs continue, and what they say is kept in memory until it can be; it is tried every second")]
    public static partial void Away(ILogger logger, LoggedException cause);

    [LoggerMessage(31, LogLevel.Information, "The journal can be written again, after {Duration}")]
    public static partial void Back(ILogger logger, TimeSpan duration);

    [LoggerMessage(32, LogLevel.Error, "Run {RunId} loses its journal: {Bytes} bytes of it could not be written in time. It can be read from memory until its retention ends")]
    public static partial void Lost(ILogger logger, RunId runId, int bytes);

    [LoggerMessage(33, LogLevel.Warning, "Run {RunId} starts without a journal, because its record could not be written")]
    public static partial void NotRecorded(ILogger logger, LoggedException cause, RunId runId);

    [LoggerMessage(34, LogLevel.Information, "A process died before these runs ended, and they are marked as interrupted: {Runs}")]
    public static partial void Recovered(ILogger logger, int runs);

    [LoggerMessage(35, LogLevel.Error, "The journal cannot be read")]
    public static partial void Unreadable(ILogger logger, LoggedException cause);

    [LoggerMessage(36, LogLevel.Information, "Deleted from the journal, because they are too old or it was too large: {Runs} runs")]
    public static partial void Deleted(ILogger logger, int runs);

    [LoggerMessage(37, LogLevel.Warning, "What the journal need not keep any longer cannot be deleted. It is tried again in an hour")]
    public static partial void NotDeleted(ILogger logger, LoggedException cause);

    [LoggerMessage(38, LogLevel.Error, "Run {RunId} is damaged in the journal: it is read up to the damage, and counts as interrupted")]
    public static partial void Damaged(ILogger logger, LoggedException cause, RunId runId);
}
