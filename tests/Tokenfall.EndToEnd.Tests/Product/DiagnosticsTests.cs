using System.Globalization;
using System.Text;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The page <c>/diagnostics</c>: what a reader's own browser makes of the path.</summary>
[Collection(nameof(TimedPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class DiagnosticsTests(Browser browser, WholeProduct product, ITestOutputHelper output) : IDisposable
{
    private const float TimeLimit = 60_000;

    public void Dispose() => output.WriteLine(product.Log);

    [Fact]
    public Task Diagnostics_HealthyPath_SaysSo() => browser.RunAsync(product.AddressFor(Route.NginxTls), async tab =>
    {
        await OpenAsync(tab);

        await Assertions.Expect(tab.Locator(".stream.ok")).ToHaveCountAsync(4, new() { Timeout = TimeLimit });
        await Assertions.Expect(tab.GetByText("Streams reach this browser as they are sent.").First).ToBeVisibleAsync();
        // fetch sees the comments of one stream; EventSource and the silent one have none to see.
        await Assertions.Expect(tab.Locator(".heartbeat")).Not.ToHaveCountAsync(0);
        // Measuring takes seconds, so each look is of the same measurement.
        await ShowAsync(tab, ColorScheme.Light, 1280);
        await ShowAsync(tab, ColorScheme.Dark, 390);
    }, "diagnostics-last");

    [Fact]
    public Task Diagnostics_EverythingComesAtOnce_NamesTheCause() => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        // Hands each response over whole, as a collecting hop does.
        await tab.RouteAsync("**/probe?*", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = Collected(route.Request.Url) }));
        await OpenAsync(tab);

        await Assertions.Expect(tab.GetByText("(response-buffered)")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Locator(".stream.failed")).ToHaveCountAsync(2);
        await Assertions.Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Measure again" })).ToBeEnabledAsync();
        await ShowAsync(tab, "diagnostics-failed");
    });

    [Fact]
    public Task Diagnostics_OneStreamIsAnsweredByAPage_IsNamed() => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        await tab.RouteAsync("**/probe?*", route => route.Request.Url.Contains("heartbeat", StringComparison.Ordinal)
            ? route.FulfillAsync(new() { ContentType = "text/html", Body = "Who are you?" })
            : route.FulfillAsync(new() { ContentType = "text/event-stream", Body = Collected(route.Request.Url) }));
        await OpenAsync(tab);

        await Assertions.Expect(tab.GetByText("the browser got status 200 with text/html")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Diagnostics_FrameThatIsNotOurs_IsNamed() => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        await tab.RouteAsync("**/probe?*", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = "event: hello\ndata: <b>injected</b>\n\n" }));
        await OpenAsync(tab);

        await Assertions.Expect(tab.GetByText("an event that the server did not send").First).ToBeVisibleAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Measure again" })).ToBeEnabledAsync();
    });

    [Fact]
    public Task Diagnostics_NotSignedIn_AsksForSignIn() => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        await tab.GotoAsync("/diagnostics");

        await Assertions.Expect(tab.GetByLabel("E-mail")).ToBeVisibleAsync();
    });

    private static async Task OpenAsync(IPage tab)
    {
        var page = new ProductPage(tab);
        await page.SignInAsync();
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        await tab.GotoAsync("/diagnostics");
    }

    private static string Collected(string url)
    {
        var ticks = url.Contains("count=12", StringComparison.Ordinal) ? 12 : 0;
        var body = new StringBuilder("event: hello\ndata: {}\n\n");
        for (var n = 1; n <= ticks; n++) body.Append(CultureInfo.InvariantCulture, $"event: tick\ndata: {{\"n\":{n},\"ms\":{n * 300}}}\n\n");
        return body.Append(CultureInfo.InvariantCulture, $"event: end\ndata: {{\"n\":{ticks + 1},\"ms\":{ticks * 300}}}\n\n").ToString();
    }

    private static async Task ShowAsync(IPage tab, ColorScheme scheme, int width)
    {
        await tab.EmulateMediaAsync(new() { ColorScheme = scheme });
        await tab.SetViewportSizeAsync(width, 800);
        await ShowAsync(tab, $"diagnostics-healthy-{scheme}-{width}");
    }

    private static async Task ShowAsync(IPage tab, string name)
    {
        await tab.ScreenshotAsync(new() { Path = Repository.PathOf($"artifacts/screenshots/{name}.png"), FullPage = true });
        Assert.Equal(0, await tab.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"));
    }
}
