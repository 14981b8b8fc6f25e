using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Compare;

/// <summary>A bar of a <see cref="Chart"/>.</summary>
/// <param name="Label">Whose it is.</param>
/// <param name="Value">How long it is, and from where to where its rounds went.</param>
/// <param name="Unit">The value's unit; may be empty.</param>
/// <param name="IsOwn">Whether it stands out.</param>
internal sealed record Bar(string Label, Spread Value, string Unit, bool IsOwn);
