namespace Tokenfall.Load;

/// <summary>The times that all streams of a load record. Thread-safe.</summary>
public sealed class LoadFigures
{
    /// <summary>From opening a connection to having it, TLS included.</summary>
    public DurationHistogram Connect { get; } = new();

    /// <summary>From the request to the first text.</summary>
    public DurationHistogram FirstToken { get; } = new();

    /// <summary>From the moment a token was produced to its arrival; empty where tokens carry no timestamps.</summary>
    public DurationHistogram Latency { get; } = new();

    /// <summary>Between consecutive pieces of text of one stream.</summary>
    public DurationHistogram Gap { get; } = new();
}
