using System.Globalization;
using Spectre.Console;
using Tokenfall.Load;

namespace Tokenfall.Cli.Bench;

/// <summary>The result of a load as tables.</summary>
internal static class LoadTable
{
    private const string None = "-";

    public static void Write(IAnsiConsole console, LoadPlan plan, LoadResult result)
    {
        var counts = new Table().RoundedBorder().AddColumn("Streams").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in Counts(result)) counts.AddRow(name, value);
        console.Write(counts);

        var times = new Table().RoundedBorder().AddColumn("Milliseconds");
        foreach (var name in (string[])["p50", "p90", "p99", "p99.9", "max"]) times.AddColumn(new TableColumn(name).RightAligned());
        foreach (var (name, percentiles) in Times(result))
            times.AddRow([name, .. Cells(percentiles)]);
        console.Write(times);

        console.WriteLine(Generator(result));
        foreach (var problem in result.Problems)
        {
            console.MarkupLineInterpolated($"[red]{problem.Count} {NameOf(problem.Verdict)}[/]: {problem.Example}");
            if (LoadAdvice.For(problem, plan) is { } advice) console.WriteLine(advice);
        }
    }

    /// <summary>The name of a verdict in tables.</summary>
    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Left => "disconnected as planned",
        Verdict.Unfinished => "still open at the end",
        Verdict.Lost => "lost text",
        Verdict.Repeated => "repeated text",
        Verdict.Changed => "changed text",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    /// <summary>The counts, as rows.</summary>
    public static IEnumerable<(string Name, string Value)> Counts(LoadResult result)
    {
        yield return ("started", Number(result.Started));
        foreach (var (verdict, count) in result.Streams.OrderBy(one => one.Key)) yield return (NameOf(verdict), Number(count));
        yield return ("connections resumed", Number(result.Resumed));
        yield return ("lost, repeated", $"{Number(result.Lost)}, {Number(result.Repeated)}");
        yield return ("deltas", $"{Number(result.Deltas)} in {Number(result.Frames)} frames");
        yield return ("per second", Number(result.DeltasPerSecond));
        // A refused request is no open stream.
        yield return ("most open at once", result.Streams.Keys.All(verdict => verdict == Verdict.Refused) ? None : Number(result.PeakStreams));
        yield return ("duration", $"{result.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
    }

    /// <summary>The times, as rows.</summary>
    public static IEnumerable<(string Name, Percentiles Percentiles)> Times(LoadResult result)
    {
        yield return ("connect", result.Connect);
        yield return ("first token, from the request", result.FirstToken);
        if (result.Latency is { } latency) yield return ("token, from sending to arrival", latency);
        yield return ("between deltas", result.Gap);
    }

    /// <summary>The percentiles as they are shown, from p50 to max; without any time there is none to show.</summary>
    public static IEnumerable<string> Cells(Percentiles times) => new[] { times.P50, times.P90, times.P99, times.P999, times.Max }
        .Select(milliseconds => times.Count == 0 ? None : Time(milliseconds));

    /// <summary>The cost of the generator, in a sentence.</summary>
    public static string Generator(LoadResult result) => result.Generator.CpuPerDelta is { } perDelta
        ? string.Create(CultureInfo.InvariantCulture, $"The load generator used {perDelta:0.0} µs of processor time per delta, {100 * result.Generator.CoreShare:0} % of one core.")
        : "No delta arrived.";

    /// <summary>Formats a whole number with thousands separators.</summary>
    public static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double milliseconds) => milliseconds.ToString(milliseconds >= 100 ? "N0" : milliseconds >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);
}
