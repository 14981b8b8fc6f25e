using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Integration.Tests.Support;

/// <summary>Everything that was logged, at every level, one text an entry.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = [];
    private readonly TaskCompletionSource _firstError = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Text);

    /// <summary>Completes with the first error. A reader may have its last event before the log has its line.</summary>
    public Task FirstError => _firstError.Task;

    public string Text => string.Join('\n', _entries.Select(entry => entry.Text));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _entries.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
        if (logLevel >= LogLevel.Error)
            _firstError.TrySetResult();
    }

    public void Dispose()
    {
    }
}
