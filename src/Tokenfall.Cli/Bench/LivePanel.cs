using System.Globalization;
using Spectre.Console;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;
using static Tokenfall.Cli.Bench.LoadTable;

namespace Tokenfall.Cli.Bench;

/// <summary>Shows how a load goes: drawn anew four times a second at a terminal, otherwise a line every five seconds.</summary>
internal sealed class LivePanel(Screen screen, LoadPlan plan, LoadRun run)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Line = TimeSpan.FromSeconds(5);

    private (TimeSpan At, long Deltas) _last;
    private double _perSecond;

    /// <summary>Shows it until the load is over.</summary>
    public async Task ShowAsync(Task<LoadResult> load)
    {
        if (!screen.Progress.Profile.Capabilities.Interactive)
        {
            while (!await OverAsync(load, Line)) screen.Progress.WriteLine(Words(run.Totals()));
            return;
        }
        await screen.Progress.Live(Panel()).AutoClear(true).StartAsync(async live =>
        {
            while (!await OverAsync(load, Redraw)) live.UpdateTarget(Panel());
        });
    }

    private static async Task<bool> OverAsync(Task load, TimeSpan pause)
    {
        using var early = new CancellationTokenSource();
        var over = await Task.WhenAny(load, Task.Delay(pause, TimeProvider.System, early.Token)) == load;
        await early.CancelAsync();
        return over;
    }

    private Panel Panel()
    {
        var totals = run.Totals();
        Measure(totals);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        if (Progress(totals) is { } done) grid.AddRow(new Text("progress"), Bar(done));
        grid.AddRow("open", $"{Number(totals.Open)} of {Number(plan.Streams)}");
        grid.AddRow("ended", $"{Number(totals.Ended.Values.Sum())}{Troubles(totals)}");
        grid.AddRow("deltas a second", Number(_perSecond));
        grid.AddRow("first token", Times(run.Figures.FirstToken));
        if (run.Figures.Latency.Count > 0) grid.AddRow("token latency", Times(run.Figures.Latency));
        grid.AddRow("between deltas", Times(run.Figures.Gap));
        return new Panel(grid).Header($" {plan.Url.Authority}  {run.Elapsed:mm\\:ss} ").RoundedBorder();
    }

    private void Measure(LoadTotals totals)
    {
        var (now, past) = (run.Elapsed, run.Elapsed - _last.At);
        if (past < TimeSpan.FromMilliseconds(200)) return;
        _perSecond = (totals.Deltas - _last.Deltas) / past.TotalSeconds;
        _last = (now, totals.Deltas);
    }

    // Of the time, or of the streams where there is no time.
    private double? Progress(LoadTotals totals) =>
        plan.Duration is { } duration ? run.Elapsed / duration : (double)totals.Ended.Values.Sum() / plan.Streams;

    private static Markup Bar(double done)
    {
        const int Width = 30;
        var full = (int)(Math.Clamp(done, 0, 1) * Width);
        return new Markup($"[green]{new string('━', full)}[/][grey]{new string('━', Width - full)}[/] {Math.Clamp(done, 0, 1):P0}");
    }

    private string Words(LoadTotals totals)
    {
        Measure(totals);
        return $"{run.Elapsed:mm\\:ss}  {Number(totals.Open)} open, {Number(totals.Ended.Values.Sum())} ended{Markup.Remove(Troubles(totals))}, {Number(_perSecond)} deltas/s, first token {Times(run.Figures.FirstToken)}";
    }

    private static string Troubles(LoadTotals totals)
    {
        var wrong = totals.Ended.Where(one => !one.Key.IsFine()).ToList();
        return wrong.Count == 0 ? "" : $" [red]({string.Join(", ", wrong.Select(one => $"{Number(one.Value)} {LoadTable.Words(one.Key)}"))})[/]";
    }

    private static string Times(DurationHistogram times) => string.Create(CultureInfo.InvariantCulture, $"p50 {times.Percentile(0.5):0.00} ms, p99 {times.Percentile(0.99):0.00} ms");
}
