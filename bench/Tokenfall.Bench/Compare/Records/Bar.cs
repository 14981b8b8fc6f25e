using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Compare;

/// <summary>A bar of a <see cref="Chart"/>.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Value">Its length, and the range of its rounds.</param>
/// <param name="Unit">The value's unit; may be empty.</param>
/// <param name="IsOwn">Whether it is highlighted.</param>
internal sealed record Bar(string Label, MedianRange Value, string Unit, bool IsOwn);
