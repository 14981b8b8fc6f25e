using System.Globalization;
using Spectre.Console;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;
using static Tokenfall.Cli.Bench.LoadTable;

namespace Tokenfall.Cli.Bench;

/// <summary>Shows the progress of a load: at a terminal a panel updated four times a second, otherwise a line every five seconds.</summary>
internal sealed class LivePanel(Screen screen, LoadPlan plan, LoadRun run)
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private (TimeSpan At, long Deltas) _last;
    private double _perSecond;

    /// <summary>Shows it until the load ends.</summary>
    public async Task ShowAsync(Task<LoadResult> load)
    {
        if (!screen.Progress.Profile.Capabilities.Interactive)
        {
            while (!await HasEndedAsync(load, LineInterval)) screen.Progress.WriteLine(Line(run.Totals()));
            return;
        }
        await screen.Progress.Live(Panel()).AutoClear(true).StartAsync(async live =>
        {
            while (!await HasEndedAsync(load, RedrawInterval)) live.UpdateTarget(Panel());
        });
    }

    private static async Task<bool> HasEndedAsync(Task load, TimeSpan pause)
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
        grid.AddRow("ended", $"{Number(totals.Ended.Values.Sum())}{Failures(totals)}");
        grid.AddRow("deltas per second", Number(_perSecond));
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

    // The share of the time that has passed, or of the streams that have ended where there is no time.
    private double? Progress(LoadTotals totals) =>
        plan.Duration is { } duration ? run.Elapsed / duration : (double)totals.Ended.Values.Sum() / plan.Streams;

    private static Markup Bar(double done)
    {
        const int Width = 30;
        var full = (int)(Math.Clamp(done, 0, 1) * Width);
        return new Markup($"[green]{new string('━', full)}[/][grey]{new string('━', Width - full)}[/] {Math.Clamp(done, 0, 1):P0}");
    }

    private string Line(LoadTotals totals)
    {
        Measure(totals);
        return $"{run.Elapsed:mm\\:ss}  {Number(totals.Open)} open, {Number(totals.Ended.Values.Sum())} ended{Markup.Remove(Failures(totals))}, {Number(_perSecond)} deltas/s, first token {Times(run.Figures.FirstToken)}";
    }

    private static string Failures(LoadTotals totals)
    {
        var wrong = totals.Ended.Where(one => !one.Key.IsFine()).ToList();
        return wrong.Count == 0 ? "" : $" [red]({string.Join(", ", wrong.Select(one => $"{Number(one.Value)} {LoadTable.NameOf(one.Key)}"))})[/]";
    }

    private static string Times(DurationHistogram times) => string.Create(CultureInfo.InvariantCulture, $"p50 {times.Percentile(0.5):0.00} ms, p99 {times.Percentile(0.99):0.00} ms");
}
