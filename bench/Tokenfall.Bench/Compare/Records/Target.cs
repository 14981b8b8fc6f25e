namespace Tokenfall.Bench.Compare;

/// <summary>A bound for one of Tokenfall's figures, or for its ratio to a rival's.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Figure">The figure's name.</param>
/// <param name="Bound">The upper bound, or the lower.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Than">The rival whose figure it is divided by; null for none.</param>
/// <param name="Minus">The contender whose figure is subtracted; null for none.</param>
/// <param name="AtLeast">Whether the bound is a lower one.</param>
internal sealed record Target(string Name, string Scenario, string Figure, double Bound, string Unit, string? Than = null, string? Minus = null, bool AtLeast = false)
{
    /// <summary>The measured value; null where there is none.</summary>
    public double? Seen(IReadOnlyList<Measurement> measurements)
    {
        var measured = measurements.Where(one => one.Scenario == Scenario).ToList();
        var own = ResultsPage.MedianOf(measured, Contenders.Tokenfall, Figure);
        if (Than is not null) return own / ResultsPage.MedianOf(measured, Than, Figure);
        if (Minus is not null) return own - ResultsPage.MedianOf(measured, Minus, Figure);
        return own;
    }

    public bool IsMet(double seen) => AtLeast ? seen >= Bound : seen <= Bound;
}
