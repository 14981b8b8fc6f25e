namespace Tokenfall.Cli.Load;

/// <summary>What a load found.</summary>
internal sealed record LoadResult
{
    /// <summary>Answers asked for.</summary>
    public required int Started { get; init; }

    /// <summary>How they ended; only ways that occurred.</summary>
    public required IReadOnlyDictionary<Verdict, int> Streams { get; init; }

    /// <summary>Connections beyond the first of each stream, each continued by <c>Last-Event-ID</c>.</summary>
    public required int Resumed { get; init; }

    /// <summary>Text missing: tokens where the text numbers them, otherwise characters.</summary>
    public required long Lost { get; init; }

    /// <summary>Text that came twice, in the same unit; an event that came twice counts as one.</summary>
    public required long Repeated { get; init; }

    /// <summary>Pieces of text received.</summary>
    public required long Deltas { get; init; }

    /// <summary>Frames that they came in: fewer when the server merged some.</summary>
    public required long Frames { get; init; }

    /// <summary>Bytes received, HTTP included.</summary>
    public required long Bytes { get; init; }

    /// <summary>From the first request to the end of the last stream.</summary>
    public required double Seconds { get; init; }

    /// <summary>Most streams open at a time.</summary>
    public required int PeakStreams { get; init; }

    /// <summary>Milliseconds from asking for a connection to having it.</summary>
    public required Spread Connect { get; init; }

    /// <summary>Milliseconds from the request to the first text.</summary>
    public required Spread FirstToken { get; init; }

    /// <summary>Milliseconds from the making of a token to its arrival; null when the text has no time stamps.</summary>
    public required Spread? Latency { get; init; }

    /// <summary>Milliseconds between pieces of text of one stream.</summary>
    public required Spread Gap { get; init; }

    /// <summary>What the load generator itself took.</summary>
    public required GeneratorCost Generator { get; init; }

    /// <summary>What was wrong, most frequent first, each with how often and an example.</summary>
    public required IReadOnlyList<LoadProblem> Problems { get; init; }

    /// <summary>How it went, second by second.</summary>
    public required IReadOnlyList<LoadSample> Samples { get; init; }

    /// <summary>Deltas a second over the whole time.</summary>
    public double DeltasPerSecond => Deltas / Math.Max(Seconds, 0.001);

    /// <summary>Whether every stream was what it should be.</summary>
    public bool IsFine => Streams.Keys.All(Verdicts.IsFine) && Started > 0;
}

/// <summary>Percentiles, in milliseconds.</summary>
internal sealed record Spread(long Count, double P50, double P90, double P99, double P999, double Max)
{
    public static Spread Of(Histogram histogram) => new(
        histogram.Count, Round(histogram.Percentile(0.5)), Round(histogram.Percentile(0.9)), Round(histogram.Percentile(0.99)),
        Round(histogram.Percentile(0.999)), Round(histogram.MaxMs));

    private static double Round(double milliseconds) => Math.Round(milliseconds, 3);
}

/// <summary>What the load generator itself took: a load is only as good as the machine it comes from.</summary>
/// <param name="CpuSeconds">Processor time, user and kernel.</param>
/// <param name="CpuPerDelta">Microseconds.</param>
/// <param name="CoreShare">Of one core, from 0 to 1 and more.</param>
internal sealed record GeneratorCost(double CpuSeconds, double CpuPerDelta, double CoreShare);

/// <summary>One kind of trouble.</summary>
/// <param name="Verdict">What it is.</param>
/// <param name="Count">How many streams had it.</param>
/// <param name="Example">The first one's words.</param>
internal sealed record LoadProblem(Verdict Verdict, int Count, string Example);

/// <summary>A second of a load.</summary>
/// <param name="At">Seconds since the first request.</param>
/// <param name="Open">Streams open at its end.</param>
/// <param name="Ended">Streams that had ended by then, in all.</param>
/// <param name="DeltasPerSecond">Pieces of text received in it.</param>
/// <param name="P50">Of the latency, or of the gap where there is no latency, in milliseconds.</param>
/// <param name="P99">The same.</param>
internal sealed record LoadSample(double At, int Open, int Ended, double DeltasPerSecond, double P50, double P99);
