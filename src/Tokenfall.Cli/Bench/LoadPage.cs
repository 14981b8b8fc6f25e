using System.Globalization;
using System.Text;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;
using static Tokenfall.Cli.Bench.LoadTable;
using static Tokenfall.Cli.Terminal.ReportPage;

namespace Tokenfall.Cli.Bench;

/// <summary>The result of a load as a page: one file that loads nothing, light and dark.</summary>
internal static class LoadPage
{
    private const string Css = """

        figure { margin: 0; }
        figcaption { font-size: .9rem; color: var(--quiet); margin-bottom: .3rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.5rem; }
        text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
        text.y { text-anchor: end; }
        text.x { text-anchor: middle; }
        polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .line0 { stroke: var(--live); }
        .line1 { stroke: var(--warn); }
        .key0 { color: var(--live); margin-left: .6rem; }
        .key1 { color: var(--warn); margin-left: .6rem; }
        .hover { fill: transparent; }
        .hover:hover { fill: var(--quiet); opacity: .15; }
        table.numbers td, table.numbers th { padding: .25rem .8rem .25rem 0; color: inherit; width: auto; }
        table.numbers td { text-align: right; font-variant-numeric: tabular-nums; }
        table.numbers thead th { color: var(--quiet); text-align: right; }
        table.numbers thead th:first-child { text-align: left; }

        """;

    /// <param name="plan">The plan of the load.</param>
    /// <param name="result">Its result.</param>
    /// <param name="at">When it ended.</param>
    public static string Of(LoadPlan plan, LoadResult result, DateTimeOffset at)
    {
        var page = new StringBuilder();
        foreach (var problem in result.Problems)
            page.Append(CultureInfo.InvariantCulture, $"<section class=\"finding\"><h2>{Number(problem.Count)} {Text(LoadTable.NameOf(problem.Verdict))}</h2><p>{Text(problem.Example)}</p><p>{Text(LoadAdvice.For(problem, plan) ?? "")}</p></section>\n");
        if (result.Samples.Count > 1) AppendCharts(page, result);
        AppendTimes(page, result);
        AppendCounts(page, result);
        return new ReportPage
        {
            Title = $"Load on {plan.Url.Authority}",
            Heading = $"{Number(plan.Streams)} streams on {plan.Url}",
            IsFine = result.IsFine,
            Verdict = result.IsFine ? "No byte lost" : "Problems found",
            Facts = string.Create(CultureInfo.InvariantCulture, $"tokenfall bench, {at:yyyy-MM-dd HH:mm} UTC, {result.Seconds:0.0} s, {Number(result.Deltas)} deltas, {Number(result.DeltasPerSecond)} per second"),
            Css = Css,
        }.With(page);
    }

    private static void AppendCharts(StringBuilder page, LoadResult result)
    {
        double[] at = [.. result.Samples.Select(sample => sample.At)];
        double[] Values(Func<LoadSample, double> value) => [.. result.Samples.Select(value)];
        page.Append("<section><h2>Second by second</h2><div class=\"charts\">\n");
        page.Append(LoadChart.Of("Streams open", "number", at, ("open", Values(sample => sample.Open))));
        page.Append(LoadChart.Of("Streams ended", "number", at, ("ended", Values(sample => sample.Ended))));
        page.Append(LoadChart.Of("Deltas received", "per second", at, ("deltas", Values(sample => sample.DeltasPerSecond))));
        page.Append(LoadChart.Of(result.Latency is null ? "Gap between deltas" : "Latency of a token", "ms", at, ("p50", Values(sample => sample.P50)), ("p99", Values(sample => sample.P99))));
        page.Append("</div></section>\n");
    }

    private static void AppendTimes(StringBuilder page, LoadResult result)
    {
        page.Append("<section><h2>Milliseconds</h2><table class=\"numbers\"><thead><tr><th></th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th></tr></thead>\n");
        foreach (var (name, percentiles) in LoadTable.Times(result))
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{name}</th>{string.Concat(Cells(percentiles).Select(cell => $"<td>{cell}</td>"))}</tr>\n");
        page.Append("</table></section>\n");
    }

    private static void AppendCounts(StringBuilder page, LoadResult result)
    {
        page.Append("<section><h2>Streams</h2><table class=\"numbers\">\n");
        foreach (var (name, value) in LoadTable.Counts(result)) page.Append(CultureInfo.InvariantCulture, $"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>\n");
        page.Append(CultureInfo.InvariantCulture, $"</table><p class=\"quiet\">{Text(LoadTable.Generator(result))}</p></section>\n");
    }
}
