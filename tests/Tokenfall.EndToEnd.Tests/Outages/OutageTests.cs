using System.Globalization;
using Tokenfall.EndToEnd.Tests.Browsers;
using Tokenfall.EndToEnd.Tests.Client;
using Tokenfall.EndToEnd.Tests.Nginx;
using Xunit.Abstractions;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>Six cells of the outage matrix, with all times of both ends at a twentieth. The whole matrix is <c>bench/Tokenfall.Outages</c>.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class OutageTests(Browser browser, ITestOutputHelper output)
{
    private const double Scale = 1.0 / 20;

    [Theory]
    [InlineData(ReaderKind.Chromium, Fault.Offline, 60, Moment.InMidAnswer)]
    [InlineData(ReaderKind.Chromium, Fault.ProxyRestart, 60, Moment.BeforeTheFirstToken)]
    [InlineData(ReaderKind.Chromium, Fault.Dropped, 45, Moment.InMidAnswer)]
    [InlineData(ReaderKind.Chromium, Fault.Frozen, 45, Moment.JustBeforeTheEnd)]
    [InlineData(ReaderKind.Node, Fault.SocketReset, 15, Moment.JustBeforeTheEnd)]
    [InlineData(ReaderKind.Node, Fault.Dropped, 60, Moment.BeforeTheFirstToken)]
    public async Task Answer_InAnOutage_IsWholeAndAskedOnce(ReaderKind reader, Fault fault, double seconds, Moment moment)
    {
        var result = await new OutageRun(Scale).RunAsync(new(reader, fault, seconds, moment), browser.Instance);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"back after {result.Back.TotalSeconds:F2} s, states: {result.States}"));
        Assert.Equal(OutageResult.Whole, result.Text);
        Assert.EndsWith("done", result.States.Trim(), StringComparison.Ordinal);
        Assert.Equal(1, result.Calls);
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
