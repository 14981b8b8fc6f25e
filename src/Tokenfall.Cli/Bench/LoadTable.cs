using System.Globalization;
using Spectre.Console;
using Tokenfall.Cli.Load;

namespace Tokenfall.Cli.Bench;

/// <summary>The result of a load as tables.</summary>
internal static class LoadTable
{
    public static void Write(IAnsiConsole console, LoadResult result)
    {
        var counts = new Table().Border(TableBorder.Rounded).AddColumn("Streams").AddColumn(new TableColumn("").RightAligned());
        counts.AddRow("asked for", Number(result.Started));
        foreach (var (verdict, count) in result.Streams.OrderBy(one => one.Key)) counts.AddRow(Words(verdict), Number(count));
        counts.AddRow("connections continued", Number(result.Resumed));
        counts.AddRow("lost, repeated", $"{Number(result.Lost)}, {Number(result.Repeated)}");
        counts.AddRow("pieces of text", $"{Number(result.Deltas)} in {Number(result.Frames)} frames");
        counts.AddRow("a second", Number(result.DeltasPerSecond));
        counts.AddRow("most open at a time", Number(result.PeakStreams));
        counts.AddRow("took", $"{result.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        console.Write(counts);

        var times = new Table().Border(TableBorder.Rounded).AddColumn("Milliseconds");
        foreach (var name in (string[])["p50", "p90", "p99", "p99.9", "max"]) times.AddColumn(new TableColumn(name).RightAligned());
        AddRow(times, "connect", result.Connect);
        AddRow(times, "first token, from the request", result.FirstToken);
        if (result.Latency is { } latency) AddRow(times, "token, from its making to its arrival", latency);
        AddRow(times, "between pieces of text", result.Gap);
        console.Write(times);

        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The load generator took {result.Generator.CpuPerDelta:0.0} µs of processor time a delta, {100 * result.Generator.CoreShare:0} % of one core."));
        foreach (var problem in result.Problems) console.MarkupLineInterpolated($"[red]{problem.Count} {Words(problem.Verdict)}[/]: {problem.Example}");
    }

    /// <summary>What people read for a verdict.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Left => "left in mid-answer, as planned",
        Verdict.Unfinished => "left open at the end",
        Verdict.Lost => "lost text",
        Verdict.Repeated => "repeated text",
        Verdict.Changed => "changed text",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    private static void AddRow(Table table, string name, Spread spread) =>
        table.AddRow(name, Time(spread.P50), Time(spread.P90), Time(spread.P99), Time(spread.P999), Time(spread.Max));

    private static string Time(double milliseconds) => milliseconds.ToString(milliseconds >= 100 ? "N0" : milliseconds >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
