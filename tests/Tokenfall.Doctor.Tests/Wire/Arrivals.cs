namespace Tokenfall.Doctor.Tests.Wire;

/// <summary>One event of a stream.</summary>
/// <param name="Delay">From its sending to its arrival.</param>
/// <param name="At">From the request to its arrival.</param>
internal sealed record Arrival(TimeSpan Delay, TimeSpan At);

/// <summary>A stream as its reader saw it.</summary>
/// <param name="Events">In order.</param>
/// <param name="Comments">How many comments came, the first included.</param>
/// <param name="Coding">Its content coding, if any.</param>
/// <param name="Complete">Whether it came to its end.</param>
/// <param name="Length">From the request to its end or cut.</param>
internal sealed record Arrivals(IReadOnlyList<Arrival> Events, int Comments, string? Coding, bool Complete, TimeSpan Length)
{
    /// <summary>The middle of the delays, in milliseconds.</summary>
    public double MedianDelay => Events.Select(arrival => arrival.Delay.TotalMilliseconds).Order().ElementAt(Events.Count / 2);

    /// <summary>From the first arrival to the last.</summary>
    public TimeSpan Span => Events[^1].At - Events[0].At;
}
