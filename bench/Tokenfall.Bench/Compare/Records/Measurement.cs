using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>The result of one contender in one round of one scenario.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Round">From 1.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Notes">What makes the figures less meaningful.</param>
/// <param name="Problems">What was wrong with the streams.</param>
internal sealed record Measurement(
    string Scenario,
    string Contender,
    int Round,
    DateTimeOffset At,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Problems)
{
    public static Measurement Of(string scenario, string contender, int round, Result result) =>
        new(scenario, contender, round, TimeProvider.System.GetUtcNow(), result.Figures, result.Notes, result.Problems);
}
