using System.Globalization;
using Tokenfall.EndToEnd.Tests.Browsers;
using Tokenfall.EndToEnd.Tests.Client;
using Tokenfall.EndToEnd.Tests.Nginx;
using Xunit.Abstractions;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>Six cells of the outage matrix, with all times of both ends at a tenth. The whole matrix is <c>bench/Tokenfall.Outages</c>.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class OutageTests(Browser browser, ITestOutputHelper output)
{
    private const double Scale = 1.0 / 10;

    private static readonly OutageCell[] Cells =
    [
        new(ReaderKind.Chromium, Fault.Offline, 60, Moment.InMidAnswer),
        new(ReaderKind.Chromium, Fault.ProxyRestart, 60, Moment.BeforeTheFirstToken),
        new(ReaderKind.Chromium, Fault.Dropped, 45, Moment.InMidAnswer),
        new(ReaderKind.Chromium, Fault.Frozen, 45, Moment.JustBeforeTheEnd),
        new(ReaderKind.Node, Fault.SocketReset, 15, Moment.JustBeforeTheEnd),
        new(ReaderKind.Node, Fault.Dropped, 60, Moment.BeforeTheFirstToken),
    ];

    // Side by side, because most of their time is waiting.
    [Fact]
    public async Task Answers_InOutages_AreWholeAndAskedOnce()
    {
        var results = await Task.WhenAll(Cells.Select(async cell => (Cell: cell, Result: await new OutageRun(Scale).RunAsync(cell, browser.Instance))));

        foreach (var (cell, result) in results)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cell}: back after {result.Back.TotalSeconds:F2} s, saw {result.States}"));
        Assert.All(results, played =>
        {
            Assert.Equal((OutageResult.Whole, 1), (played.Result.Text, played.Result.Calls));
            Assert.EndsWith("done", played.Result.States.Trim(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Tab_ThatIsClosed_EndsTheSpendingWithinTheGraceAndNotTheResumeGrace()
    {
        await using var app = await ClientApp.StartAsync(options => (options.Grace, options.ResumeGrace) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromHours(1)));
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        await browser.RunAsync(nginx.Https, async page =>
        {
            var tab = await page.Context.NewPageAsync();
            var reading = new ReadingTab(tab);
            await reading.OpenAsync();
            await reading.AskAsync();
            var answer = await app.Source.AskedAsync();
            answer.Say("Hel");
            await reading.ShowsAsync("Hel");

            await tab.CloseAsync(new() { RunBeforeUnload = true });

            await answer.Cancelled;
        });
    }
}
