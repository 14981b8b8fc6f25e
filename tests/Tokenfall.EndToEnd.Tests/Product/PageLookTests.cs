using Tokenfall.EndToEnd.Tests.Page;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>
/// Every state of the page, light and dark, wide and narrow. Screenshots are left in artifacts/screenshots, to be looked at; what a
/// machine can see of them is asserted: the state is reached, nothing sticks out of the window, and axe finds nothing to complain about.
/// </summary>
[Collection(nameof(ShownPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class PageLookTests(Browser browser, ChatProduct product, ITestOutputHelper output) : IDisposable
{
    private const string Answer =
        "Water falls because **nothing holds it up**. Three things decide how it looks on the way down:\n\n" +
        "- the height, which sets the speed at the bottom: `√(2·g·h)`\n- the width of the lip, *not* its depth\n- the wind 🌬️\n\n" +
        "## How fast?\n\n| Waterfall | Height | Speed |\n|---|--:|--:|\n| Skógafoss | 60 m | 34 m/s |\n| Angel Falls | 979 m | 139 m/s |\n\n" +
        "```csharp\nvar speed = Math.Sqrt(2 * 9.81 * height); // in a vacuum, and only there: the air turns most of it into spray\n```\n\n" +
        "> In Iceland one says “foss”, in Japanese 滝, in Arabic شلال.\n\nA [link](https://example.com/fall) and one that cannot break: " +
        "https://example.com/a/very/long/address/that/goes/on/and/on/and/on/without/a/single/space/in/it/until/it/ends";

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public Task Page_InEveryState_FitsItsWindowAndIsAccessible(int width) => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        var page = new ProductPage(tab);
        Task ShowAsync(string state) => ShowStateAsync(tab, state, width);
        await tab.GotoAsync("/");
        await Assertions.Expect(page.Email).ToBeFocusedAsync();
        await ShowAsync("1-signed-out");
        await page.TypeCredentialsAsync();
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        await ShowAsync("2-signed-in");

        var first = new ModelGate(0);
        product.Model.Enqueue(ModelScript.Say(Answer) with { Hold = first, Thinking = "Why does anything fall?" });
        await page.AskAsync("Why does water fall?");
        await Assertions.Expect(page.Thinking).ToBeVisibleAsync();
        await ShowAsync("3-thinking");
        first.Open();
        await Assertions.Expect(page.Usage).ToContainTextAsync("tokens out");
        await ShowAsync("4-done");

        var middle = new ModelGate(60);
        var broken = ModelScript.Say(Answer) with { Hold = middle, Fault = ModelFault.InBandError("overloaded_error", "Overloaded", 80) };
        product.Model.Enqueue(broken);
        await page.AskAsync("And once more, in other words?");
        await Assertions.Expect(page.Text).ToContainTextAsync("How fast?");
        await ShowAsync("5-streaming");
        middle.Open();
        await Assertions.Expect(page.Error).ToBeVisibleAsync();
        await ShowAsync("6-error");

        await tab.RouteAsync("**/ask/stream", route => route.FulfillAsync(new() { Status = 429 }));
        await page.AskAsync("Is anybody there?");
        await Assertions.Expect(page.State).ToContainTextAsync("busy");
        await ShowAsync("7-busy");
        await tab.Keyboard.PressAsync("Escape");
        await tab.UnrouteAsync("**/ask/stream");

        var last = new ModelGate(60);
        product.Model.Enqueue(ModelScript.Say(Answer) with { Hold = last });
        await page.AskAsync("Why does water fall?");
        await Assertions.Expect(page.Text).ToContainTextAsync("How fast?");
        await product.StopProxyAsync();
        await Assertions.Expect(page.State).ToContainTextAsync("Reconnecting");
        await ShowAsync("8-reconnecting");
        await product.StartProxyAsync();
        last.Open();
        await Assertions.Expect(page.Usage).ToContainTextAsync("tokens out");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Edit" }).Last.FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await ShowAsync("9-editing");
        await tab.Keyboard.PressAsync("Escape");
        await tab.Keyboard.PressAsync("Alt+Shift+KeyK");
        await ShowAsync("10-shortcuts");
        await tab.Keyboard.PressAsync("Escape");

        product.Model.Enqueue(ModelScript.Say("Because nothing holds it up."));
        await page.AskAgain.FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Text).ToHaveTextAsync("Because nothing holds it up.");
        await Assertions.Expect(page.Usage).ToContainTextAsync("tokens out");
        await ShowAsync("11-branches");

        if (width < 900) await tab.Keyboard.PressAsync("Alt+Shift+KeyS");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Options for “Why does water fall?”" }).First.FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await ShowAsync("12-menu");
        await tab.Keyboard.PressAsync("Enter");
        await ShowAsync("13-renaming");
        await tab.Keyboard.PressAsync("Escape");
        await tab.Keyboard.PressAsync("Alt+Shift+KeyF");
        await tab.Keyboard.TypeAsync("a waterfall on the moon");
        await Assertions.Expect(tab.GetByText("Nothing found")).ToBeVisibleAsync();
        await ShowAsync("14-nothing-found");
        await tab.Keyboard.PressAsync("Escape");
        await page.ChooseAsync("Why does water fall?", "Delete");
        await Assertions.Expect(page.Toast).ToBeVisibleAsync();
        await ShowAsync("15-deleted");
        await tab.Keyboard.PressAsync("Alt+Shift+KeyZ");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Options for all conversations" }).FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Delete all conversations…" }).FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await ShowAsync("16-delete-all");
    }, $"last-{width}", new() { ViewportSize = new() { Width = width, Height = 800 } }, expectedErrors: "Failed to load resource");

    private static async Task ShowStateAsync(IPage page, string state, int width)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Repository.PathOf($"artifacts/screenshots/{state}-{scheme}-{width}.png") });
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"));
            // A scheme has colours of its own, and nothing else.
            await AxeRun.ExpectNoViolationAsync(page, scheme == ColorScheme.Dark ? "color-contrast" : null);
        }
    }
}
