namespace Tokenfall.Testing;

/// <summary>The end of a call.</summary>
public sealed record ModelCallEnd
{
    /// <summary>Creates the end.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="at">When it ended; for <see cref="ModelCallOutcome.ClientLeft"/>, when the server noticed.</param>
    /// <param name="after">The time from the request to the end, by the monotonic clock of the server's time provider.</param>
    public ModelCallEnd(ModelCallOutcome outcome, DateTimeOffset at, TimeSpan after)
    {
        Outcome = outcome;
        At = at;
        After = after;
    }

    /// <summary>How it ended.</summary>
    public ModelCallOutcome Outcome { get; init; }

    /// <summary>When it ended; for <see cref="ModelCallOutcome.ClientLeft"/>, when the server noticed.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The time from the request to the end, by the monotonic clock of the server's time provider.</summary>
    public TimeSpan After { get; init; }
}
