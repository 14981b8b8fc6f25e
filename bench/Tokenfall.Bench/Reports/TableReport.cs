using System.Globalization;
using System.Text;
using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Reports;

/// <summary>Results as a table: a row a figure, a column a run, then median and spread.</summary>
internal static class TableReport
{
    public static string Of(string scenario, IReadOnlyList<Result> results)
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine(Machine.Describe(scenario)).AppendLine();
        text.AppendLine($"| {"Figure",-38} | {"Unit",-6} | {"Median",9} | {"Lowest",9} | {"Highest",9} | Target |");
        text.AppendLine($"|{new string('-', 40)}|{new string('-', 8)}|{new string('-', 10)}:|{new string('-', 10)}:|{new string('-', 10)}:|---|");
        foreach (var figures in results.SelectMany(result => result.Figures).GroupBy(figure => figure.Name)) AppendRow(text, [.. figures]);
        foreach (var note in results.SelectMany(result => result.Notes)) text.AppendLine().Append($"NOTE: {note}");
        foreach (var problem in results.SelectMany(result => result.Problems)) text.AppendLine().Append($"WRONG: {problem}");
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<Figure> figures)
    {
        var (median, lowest, highest) = MedianRange.Of(figures.Select(figure => figure.Value));
        var target = figures[0].Limit is { } limit ? $"<= {Number(limit)}{(median <= limit ? "" : " MISSED")}" : "";
        text.AppendLine($"| {figures[0].Name,-38} | {figures[0].Unit,-6} | {Number(median),9} | {Number(lowest),9} | {Number(highest),9} | {target} |");
    }

    /// <summary>A value with as many digits as are worth reading.</summary>
    public static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 1000 || value == Math.Floor(value) ? "N0" : Math.Abs(value) >= 100 ? "N1" : "N2", CultureInfo.InvariantCulture);
}
