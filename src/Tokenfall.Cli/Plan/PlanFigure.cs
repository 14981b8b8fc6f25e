namespace Tokenfall.Cli.Plan;

/// <summary>One figure of a plan.</summary>
/// <param name="Name">Its name for programs, such as <c>streams_peak</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">The unit of the value; empty for a plain number.</param>
/// <param name="Why">How it is calculated, in a sentence.</param>
internal sealed record PlanFigure(string Name, string Title, double Value, string Unit, string Why);

/// <summary>A setting that the plan recommends.</summary>
/// <param name="Where">The program or file that it belongs to.</param>
/// <param name="Line">What to write there.</param>
/// <param name="Why">The reason for the value.</param>
internal sealed record PlanSetting(string Where, string Line, string Why);

/// <summary>Figures that belong together.</summary>
internal sealed record PlanGroup(string Title, IReadOnlyList<PlanFigure> Figures);

/// <summary>A whole plan.</summary>
internal sealed record CapacityPlan(PlanInput Input, IReadOnlyList<PlanGroup> Groups, IReadOnlyList<PlanSetting> Settings)
{
    /// <summary>The value of a figure, by its name.</summary>
    public double this[string name] => Groups.SelectMany(group => group.Figures).Single(figure => figure.Name == name).Value;
}
