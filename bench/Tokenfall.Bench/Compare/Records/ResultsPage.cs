using System.Globalization;
using System.Text;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>The page of results: a table a scenario, a row a contender, a column a figure; then the targets.</summary>
internal static class ResultsPage
{
    /// <param name="measurements">Measurements of any scenarios.</param>
    /// <param name="machine">A sentence about the machine.</param>
    /// <remarks>It shows the charts of <see cref="ChartsOf"/>.</remarks>
    public static string Of(IReadOnlyList<Measurement> measurements, string machine)
    {
        var page = new StringBuilder();
        page.Append("# Results\n\n");
        page.Append("    dotnet run -c Release --project bench/Tokenfall.Bench -- compare\n\n");
        if (measurements.Count > 0) page.Append(CultureInfo.InvariantCulture, $"{Days(measurements)}. ");
        page.Append(CultureInfo.InvariantCulture, $"{machine}\n\n");
        page.Append("Each cell: median (lowest to highest) of the rounds. What each contender is, how it was measured and how to read it: [README.md](README.md).\n");
        foreach (var scenario in Comparisons.All)
        {
            var measured = measurements.Where(one => one.Scenario == scenario.Name).ToList();
            if (measured.Count > 0) AppendScenario(page, scenario, measured);
        }
        TargetTable.Append(page, measurements);
        return page.ToString();
    }

    /// <summary>The page's charts, an SVG file for each scenario in which somebody is compared: names relative to the page, and contents.</summary>
    /// <param name="measurements">Measurements of any scenarios.</param>
    public static IEnumerable<(string File, string Svg)> ChartsOf(IReadOnlyList<Measurement> measurements) =>
        from scenario in Comparisons.All
        let bars = BarsOf(scenario, measurements)
        where bars.Count > 1
        select (FileOf(scenario), Chart.Of(scenario.Title, bars));

    private static string FileOf(IComparison scenario) => $"results/{scenario.Name}.svg";

    private static IReadOnlyList<Bar> BarsOf(IComparison scenario, IReadOnlyList<Measurement> measurements) =>
    [
        .. from contender in Contenders.All
           let figures = measurements.Where(one => one.Scenario == scenario.Name && one.Contender == contender.Name)
               .SelectMany(one => one.Figures).Where(figure => figure.Name == scenario.Headline).ToList()
           where figures.Count > 0
           select new Bar(contender.Title, MedianRange.Of(figures.Select(figure => figure.Value)), figures[0].Unit, contender.Name == Contenders.Tokenfall),
    ];

    private static void AppendScenario(StringBuilder page, IComparison scenario, List<Measurement> measured)
    {
        var figures = measured.SelectMany(one => one.Figures).Select(figure => (figure.Name, figure.Unit)).Distinct().ToList();
        page.Append(CultureInfo.InvariantCulture, $"\n## {scenario.Title}\n\n");
        if (BarsOf(scenario, measured) is { Count: > 1 } bars)
            page.Append(CultureInfo.InvariantCulture, $"![{scenario.Headline}: {Chart.Describe(bars)}]({FileOf(scenario)})\n\n");
        page.Append(CultureInfo.InvariantCulture, $"| |{string.Concat(figures.Select(figure => $" {figure.Name}{(figure.Unit.Length > 0 ? $", {figure.Unit}" : "")} |"))} to Tokenfall |\n");
        page.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(figures.Select(_ => "---:|"))}---:|\n");
        var own = MedianOf(measured, Contenders.Tokenfall, scenario.Headline);
        foreach (var contender in Contenders.All)
        {
            var rounds = measured.Where(one => one.Contender == contender.Name).ToList();
            if (rounds.Count == 0) continue;
            var cells = figures.Select(figure => $" {Cell(rounds, figure.Name)} |");
            page.Append(CultureInfo.InvariantCulture, $"| {contender.Title} |{string.Concat(cells)} {Ratio(MedianOf(measured, contender.Name, scenario.Headline), own)} |\n");
        }
        foreach (var contender in Contenders.All)
        {
            var rounds = measured.Where(one => one.Contender == contender.Name).ToList();
            foreach (var note in rounds.SelectMany(one => one.Notes).Distinct()) page.Append(CultureInfo.InvariantCulture, $"\n- {contender.Title}: {note}");
            foreach (var problem in rounds.SelectMany(one => one.Problems).Distinct()) page.Append(CultureInfo.InvariantCulture, $"\n- WRONG, {contender.Title}: {OneLine(problem)}");
        }
        page.Append('\n');
    }

    /// <summary>The median of a contender's figure; null where it was not measured.</summary>
    internal static double? MedianOf(IEnumerable<Measurement> measured, string contender, string figure)
    {
        var values = measured.Where(one => one.Contender == contender).SelectMany(one => one.Figures).Where(one => one.Name == figure).Select(one => one.Value).ToList();
        return values.Count == 0 ? null : MedianRange.Of(values).Median;
    }

    private static string Cell(List<Measurement> rounds, string figure)
    {
        var values = rounds.SelectMany(one => one.Figures).Where(one => one.Name == figure).Select(one => one.Value).ToList();
        if (values.Count == 0) return "";
        var (median, lowest, highest) = MedianRange.Of(values);
        return values.Count == 1 ? TableReport.Number(median) : $"{TableReport.Number(median)} ({TableReport.Number(lowest)} to {TableReport.Number(highest)})";
    }

    private static string Ratio(double? value, double? own) =>
        value is { } one && own is > 0 and { } of ? string.Create(CultureInfo.InvariantCulture, $"{one / of:F2}x") : "";

    private static string Days(IReadOnlyList<Measurement> measurements)
    {
        var (first, last) = (measurements.Min(one => one.At), measurements.Max(one => one.At));
        return first.Date == last.Date ? $"Measured on {Day(last)}" : $"Measured from {Day(first)} to {Day(last)}";
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
