namespace Tokenfall.Cli.Doctor.Patterns;

/// <summary>How events arrive, compared with how they were sent.</summary>
internal enum Arrivals
{
    /// <summary>There were too few events to tell.</summary>
    Unknown,

    /// <summary>One by one, about when they were sent.</summary>
    Live,

    /// <summary>One by one, each with about the same delay.</summary>
    Delayed,

    /// <summary>Each when the next one was sent.</summary>
    OneLate,

    /// <summary>In groups.</summary>
    Batched,

    /// <summary>All together, at the end of the stream.</summary>
    AtTheEnd,
}

/// <summary>How the events of one stream arrived. Times in milliseconds.</summary>
/// <param name="Kind">The kind of arrival.</param>
/// <param name="MedianLag">The median lag: how much later than the most punctual event.</param>
/// <param name="HighLag">The 90th percentile of the lag.</param>
/// <param name="MaxLag">The greatest lag.</param>
/// <param name="Groups">How many groups of events arrived.</param>
/// <param name="Period">The median time between groups; 0 with fewer than two.</param>
internal sealed record Pattern(Arrivals Kind, double MedianLag, double HighLag, double MaxLag, int Groups, double Period)
{
    public static readonly Pattern Unknown = new(Arrivals.Unknown, 0, 0, 0, 0, 0);
}
