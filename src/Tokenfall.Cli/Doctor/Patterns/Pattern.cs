namespace Tokenfall.Cli.Doctor.Patterns;

/// <summary>How events arrive, against how they were sent.</summary>
internal enum Arrivals
{
    /// <summary>There was too little to judge by.</summary>
    Unknown,

    /// <summary>One by one, about when they were sent.</summary>
    Live,

    /// <summary>One by one, each later by about the same.</summary>
    Delayed,

    /// <summary>Each about when the next one was sent.</summary>
    OneLate,

    /// <summary>In groups.</summary>
    Batched,

    /// <summary>All together, when the stream was over.</summary>
    AtTheEnd,
}

/// <summary>One stream's arrival, in figures. Milliseconds.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="MedianLag">By how much the middle event was later than the most punctual one.</param>
/// <param name="HighLag">The same for all but the worst tenth.</param>
/// <param name="MaxLag">The same for the worst.</param>
/// <param name="Groups">How many separate arrivals there were.</param>
/// <param name="Period">Between the groups, in the middle; 0 with fewer than two.</param>
internal sealed record Pattern(Arrivals Kind, double MedianLag, double HighLag, double MaxLag, int Groups, double Period)
{
    public static readonly Pattern Unknown = new(Arrivals.Unknown, 0, 0, 0, 0, 0);
}
