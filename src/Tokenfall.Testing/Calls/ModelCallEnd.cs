namespace Tokenfall.Testing;

/// <summary>The end of a call.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="At">When it ended; for <see cref="ModelCallOutcome.ClientLeft"/>, when the server noticed.</param>
/// <param name="After">The time from the request to the end, by the monotonic clock of the server's time provider.</param>
public sealed record ModelCallEnd(ModelCallOutcome Outcome, DateTimeOffset At, TimeSpan After);
