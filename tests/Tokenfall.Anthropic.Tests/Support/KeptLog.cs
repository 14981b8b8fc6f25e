using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>Keeps what the operator would read: the lines and the exceptions under them.</summary>
internal sealed class KeptLog : ILogger<RunManager>
{
    private readonly List<string> _lines = [];

    public string Text { get { lock (_lines) return string.Join('\n', _lines); } }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add($"{formatter(state, exception)} {exception}");
    }
}
