using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>Keeps every log message, rendered, with the exception's text behind it.</summary>
internal sealed class RecordingLogger : ILogger<RunManager>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

    /// <summary>When set, logging fails with this: a broken log provider.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The lowest level that fails.</summary>
    public LogLevel FailsFrom { get; init; }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Failure is not null && logLevel >= FailsFrom) throw Failure;
        Entries.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
    }
}
