namespace Tokenfall.Cli.Plan;

/// <summary>One figure of a plan.</summary>
/// <param name="Name">For programs, such as <c>streams_peak</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what; empty for a plain number.</param>
/// <param name="Why">How it comes about, in a sentence.</param>
internal sealed record PlanFigure(string Name, string Title, double Value, string Unit, string Why);

/// <summary>A setting that the plan asks for.</summary>
/// <param name="Where">The program or file that it belongs to.</param>
/// <param name="Line">What to write there.</param>
/// <param name="Why">Why so much.</param>
internal sealed record PlanSetting(string Where, string Line, string Why);

/// <summary>Figures that belong together.</summary>
internal sealed record PlanGroup(string Title, IReadOnlyList<PlanFigure> Figures);

/// <summary>All of it.</summary>
internal sealed record CapacityPlan(PlanInput Input, IReadOnlyList<PlanGroup> Groups, IReadOnlyList<PlanSetting> Settings)
{
    /// <summary>The value of a figure, by its name.</summary>
    public double this[string name] => Groups.SelectMany(group => group.Figures).Single(figure => figure.Name == name).Value;
}
