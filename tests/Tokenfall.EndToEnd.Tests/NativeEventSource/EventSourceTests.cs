using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tokenfall.AspNetCore.Tests;

namespace Tokenfall.EndToEnd.Tests.NativeEventSource;

/// <summary>The browser's own EventSource on a start by GET, cut in the middle of the answer.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "browser")]
public class EventSourceTests(Browser browser)
{
    [Fact]
    public async Task EventSource_CutInTheMiddleOfTheAnswer_ReadsItWholeAndIsAskedOnce()
    {
        await using var app = await TestApp.StartAsync(
            builder => TestApp.Configure(builder, options => options.AllowGetStart = true),
            app =>
            {
                app.MapTokenfall(TestApp.Path);
                app.MapGet("/", () => Results.Content(EventSourcePage.Html, "text/html"));
            });
        await using var proxy = new CuttingProxy(app.Address);

        await browser.RunAsync(proxy.Address, async page =>
        {
            await page.GotoAsync("/");
            var answer = await app.Source.AskedAsync();
            answer.Say("Hel");
            await Assertions.Expect(page.Locator("#text")).ToHaveTextAsync("Hel");

            proxy.CutAfter(0);
            answer.Say("lo, ");
            await Assertions.Expect(page.Locator("#text")).ToHaveTextAsync("Hello, ", new() { UseInnerText = false });
            answer.Say("wörld 😀");
            answer.Finish();

            // After done it asks once more, as it always does, and is told that there is nothing.
            await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("closed");
            Assert.Equal("Hello, wörld 😀", await page.Locator("#text").TextContentAsync());
        }, expectedError: "net::ERR_");

        Assert.Equal(1, app.Source.Count);
    }
}
