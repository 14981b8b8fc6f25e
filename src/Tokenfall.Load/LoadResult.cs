namespace Tokenfall.Load;

/// <summary>The result of a load.</summary>
public sealed record LoadResult
{
    /// <summary>How many answers were requested.</summary>
    public required int Started { get; init; }

    /// <summary>How many streams ended in which way; only the verdicts that occurred.</summary>
    public required IReadOnlyDictionary<Verdict, int> Streams { get; init; }

    /// <summary>How many connections continued a stream by <c>Last-Event-ID</c>.</summary>
    public required int Resumed { get; init; }

    /// <summary>How much text is missing: tokens where the text numbers them, otherwise characters.</summary>
    public required long Lost { get; init; }

    /// <summary>How much text arrived twice, in the same unit; an event that arrived twice counts as one.</summary>
    public required long Repeated { get; init; }

    /// <summary>How many deltas were received.</summary>
    public required long Deltas { get; init; }

    /// <summary>How many frames they arrived in: fewer when the server merged some.</summary>
    public required long Frames { get; init; }

    /// <summary>How many bytes were received, HTTP included.</summary>
    public required long Bytes { get; init; }

    /// <summary>Seconds from the first request to the end of the last stream.</summary>
    public required double Seconds { get; init; }

    /// <summary>The most streams that were open at a time.</summary>
    public required int PeakStreams { get; init; }

    /// <summary>Milliseconds from opening a connection to having it.</summary>
    public required Percentiles Connect { get; init; }

    /// <summary>Milliseconds from the request to the first text.</summary>
    public required Percentiles FirstToken { get; init; }

    /// <summary>Milliseconds from the moment a token was produced to its arrival; <see langword="null"/> when the text has no timestamps.</summary>
    public required Percentiles? Latency { get; init; }

    /// <summary>Milliseconds between consecutive deltas of one stream.</summary>
    public required Percentiles Gap { get; init; }

    /// <summary>What the load generator itself cost.</summary>
    public required GeneratorCost Generator { get; init; }

    /// <summary>What was wrong, the most frequent first.</summary>
    public required IReadOnlyList<LoadProblem> Problems { get; init; }

    /// <summary>How the load went, second by second.</summary>
    public required IReadOnlyList<LoadSample> Samples { get; init; }

    /// <summary>Deltas per second over the whole load.</summary>
    public double DeltasPerSecond => Deltas / Math.Max(Seconds, 0.001);

    /// <summary>Whether there were streams and every one of them was correct.</summary>
    public bool IsFine => Streams.Keys.All(verdict => verdict.IsFine()) && Started > 0;
}
