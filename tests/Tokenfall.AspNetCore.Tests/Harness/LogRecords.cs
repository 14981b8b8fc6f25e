using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Keeps what the application says to its log.</summary>
internal sealed class LogRecords : ILoggerProvider
{
    private readonly ConcurrentQueue<LogRecord> _records = new();

    public IEnumerable<LogRecord> All => _records;

    public IEnumerable<LogRecord> Problems => _records.Where(record => record.Level >= LogLevel.Warning);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _records);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogRecord> records) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records.Enqueue(new LogRecord(logLevel, category, formatter(state, exception), exception));
    }
}

internal sealed record LogRecord(LogLevel Level, string Category, string Message, Exception? Exception);
