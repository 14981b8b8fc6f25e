using System.Text;

namespace Tokenfall;

/// <summary>What may be logged of an exception: its types, its stack trace, and its messages after cleaning; those of inner exceptions as well.</summary>
/// <remarks>
/// Messages of exceptions often repeat what a provider or a tool sent. Exceptions of other libraries may also override
/// <see cref="Exception.ToString"/>, so the original never reaches a log.
/// </remarks>
internal sealed class LoggedException : Exception
{
    // Exceptions may be nested without end.
    private const int MaxDepth = 10;

    private readonly string _type;
    private readonly string? _stackTrace;
    private readonly List<LoggedException> _inner;

    private LoggedException(string type, string message, string? stackTrace, List<LoggedException> inner) : base(message, inner.FirstOrDefault())
    {
        _type = type;
        _stackTrace = stackTrace;
        _inner = inner;
    }

    public override string? StackTrace => _stackTrace;

    /// <summary>Its message and those of its inner exceptions, on one line. What an outer one repeats is said once.</summary>
    public string Summary
    {
        get
        {
            var said = new List<string>();
            AddMessages(said);
            return LogText.Message(string.Join(" ---> ", said));
        }
    }

    /// <summary>Cleans an exception.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="redact">Removes secrets; null if no source is involved.</param>
    public static LoggedException Of(Exception failure, Func<string, string>? redact = null) => Of(failure, redact ?? (text => text), MaxDepth);

    // As Exception.ToString() has it.
    public override string ToString()
    {
        var text = new StringBuilder(_type).Append(": ").Append(Message);
        foreach (var inner in _inner) text.AppendLine().Append(" ---> ").Append(inner).AppendLine().Append("   --- End of inner exception stack trace ---");
        if (_stackTrace is not null) text.AppendLine().Append(_stackTrace);
        return text.ToString();
    }

    private void AddMessages(List<string> said)
    {
        if (Message.Length > 0 && !said.Exists(message => message.Contains(Message, StringComparison.Ordinal))) said.Add(Message);
        foreach (var inner in _inner) inner.AddMessages(said);
    }

    private static LoggedException Of(Exception failure, Func<string, string> redact, int depth)
    {
        IEnumerable<Exception> inner = failure is AggregateException several ? several.InnerExceptions : failure.InnerException is { } one ? [one] : [];
        return new LoggedException(
            failure.GetType().ToString(), LogText.Message(redact(failure.Message)), failure.StackTrace,
            depth == 0 ? [] : [.. inner.Take(MaxDepth).Select(cause => Of(cause, redact, depth - 1))]);
    }
}
