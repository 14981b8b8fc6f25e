using Microsoft.Playwright;
using Tokenfall.EndToEnd.Tests.Browsers;
using Tokenfall.Testing;
using Tokenfall.Tests;
using Xunit.Abstractions;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>
/// Every state of the page, light and dark, wide and narrow. Screenshots are left in artifacts/screenshots, to be looked at; what a
/// machine can see of them is asserted: the state is reached, and nothing sticks out of the window.
/// </summary>
[Collection(SharedBrowser.Name)]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class PageLookTests(Browser browser, WholeProduct product, ITestOutputHelper output) : IClassFixture<WholeProduct>, IDisposable
{
    private const string Answer =
        "Water falls because nothing holds it up. Three things decide how it looks on the way down:\n\n" +
        "- the height, which sets the speed at the bottom: √(2·g·h)\n- the width of the lip, *not* its depth\n- the wind 🌬️\n\n" +
        "In Iceland one says “foss”, in Japanese 滝, in Arabic شلال. A line that cannot break: " +
        "https://example.com/a/very/long/address/that/goes/on/and/on/and/on/without/a/single/space/in/it/until/it/ends";

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public Task Page_InEveryState_FitsItsWindow(ColorScheme scheme, int width) => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        var page = new ProductPage(tab);
        Task ShowAsync(string state) => ShowStateAsync(tab, $"{state}-{scheme}-{width}");
        await tab.GotoAsync("/");
        await Assertions.Expect(page.Email).ToBeFocusedAsync();
        await ShowAsync("1-signed-out");
        await page.TypeCredentialsAsync(Tokenfall.Tests.Product.TokenfallProcess.Password);
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        await ShowAsync("2-signed-in");

        var first = new ModelGate(0);
        product.Model.Enqueue(ModelScript.Say(Answer) with { Hold = first });
        await page.AskAsync("Why does water fall?");
        await Assertions.Expect(page.Thinking).ToBeVisibleAsync();
        await ShowAsync("3-thinking");
        first.Open();
        await Assertions.Expect(page.Usage).ToBeVisibleAsync();
        await ShowAsync("4-done");

        var middle = new ModelGate(40);
        var broken = ModelScript.Say(Answer) with { Hold = middle, Fault = ModelFault.InBandError("overloaded_error", "Overloaded", 60) };
        product.Model.Enqueue(broken);
        await page.AskAsync("And once more, in other words?");
        await Assertions.Expect(page.Text).ToHaveTextAsync(string.Concat(broken.Tokens.Take(40)));
        await ShowAsync("5-streaming");
        middle.Open();
        await Assertions.Expect(page.Error).ToBeVisibleAsync();
        await ShowAsync("6-error");
    }, $"last-{scheme}-{width}", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });

    private static async Task ShowStateAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Repository.PathOf($"artifacts/screenshots/{name}.png") });
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"));
    }
}
