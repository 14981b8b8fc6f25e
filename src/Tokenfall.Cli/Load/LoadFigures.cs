namespace Tokenfall.Cli.Load;

/// <summary>The times that all streams of a load record. Thread-safe.</summary>
internal sealed class LoadFigures
{
    /// <summary>From asking for the connection to having it, TLS included.</summary>
    public Histogram Connect { get; } = new();

    /// <summary>From the request to the first text.</summary>
    public Histogram FirstToken { get; } = new();

    /// <summary>From the making of a token to its arrival, where tokens say when they were made.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>Between one piece of text and the next of the same stream.</summary>
    public Histogram Gap { get; } = new();
}
