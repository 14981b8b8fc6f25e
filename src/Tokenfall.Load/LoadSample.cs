namespace Tokenfall.Load;

/// <summary>One second of a load.</summary>
/// <param name="At">When it ended, in seconds since the first request.</param>
/// <param name="Open">How many streams were open at its end.</param>
/// <param name="Ended">How many streams had ended by then.</param>
/// <param name="DeltasPerSecond">How many deltas arrived in it.</param>
/// <param name="P50">The median latency, or gap where there is no latency, in milliseconds.</param>
/// <param name="P99">Its 99th percentile, in milliseconds.</param>
public sealed record LoadSample(double At, int Open, int Ended, double DeltasPerSecond, double P50, double P99);
