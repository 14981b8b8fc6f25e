namespace Tokenfall.Load;

/// <summary>What the load generator itself cost: a load is only as good as the machine it comes from.</summary>
/// <param name="CpuSeconds">Processor time, user and kernel, in seconds.</param>
/// <param name="CpuPerDelta">Processor time per delta, in microseconds; null without deltas.</param>
/// <param name="CoreShare">The share of one core that it kept busy; above 1 when it used several.</param>
public sealed record GeneratorCost(double CpuSeconds, double? CpuPerDelta, double CoreShare);
