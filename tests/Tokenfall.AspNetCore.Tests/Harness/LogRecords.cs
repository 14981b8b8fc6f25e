using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Keeps what the application says to its log.</summary>
internal sealed class LogRecords : ILoggerProvider
{
    private readonly ConcurrentQueue<LogRecord> _records = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<LogRecord> All => _records;

    public IEnumerable<LogRecord> Problems => _records.Where(record => record.Level >= LogLevel.Warning);

    /// <summary>Completes when a message is there that begins so.</summary>
    public async Task SaidAsync(string beginning)
    {
        while (true)
        {
            var more = Volatile.Read(ref _more).Task;
            if (_records.Any(record => record.Message.StartsWith(beginning, StringComparison.Ordinal))) return;
            await more.Soon();
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private void Add(LogRecord record)
    {
        _records.Enqueue(record);
        Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private sealed class Logger(string category, LogRecords records) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records.Add(new LogRecord(logLevel, category, formatter(state, exception), exception));
    }
}

internal sealed record LogRecord(LogLevel Level, string Category, string Message, Exception? Exception);
