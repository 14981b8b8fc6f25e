using Microsoft.Playwright;
using Tokenfall.EndToEnd.Tests.Browsers;
using Tokenfall.Testing;
using Xunit.Abstractions;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>A person signs in, asks, and watches the answer arrive.</summary>
[Collection(SharedBrowser.Name)]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class PageStreamTests(Browser browser, WholeProduct product, ITestOutputHelper output) : IClassFixture<WholeProduct>, IDisposable
{
    private const int Tokens = 300;

    // Of the steps that the frames allow; the rest is room for tokens that come in pairs because the machine was busy.
    private const double LeastSteps = 0.6;

    private static readonly TimeSpan FirstTextBound = TimeSpan.FromMilliseconds(150);

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [InlineData(Route.Direct)]
    [InlineData(Route.Nginx)]
    [InlineData(Route.NginxTls)]
    public Task Answer_OfFiftyTokensASecond_GrowsOnThePageAsItIsMade(Route route) => browser.RunAsync(product.AddressFor(route), async tab =>
    {
        var script = ModelScript.Lorem(Tokens) with { TokensPerSecond = 50, InputTokens = 31 };
        product.Model.Script = script;
        var calls = product.Model.Calls.Count;
        var page = new ProductPage(tab);
        await GrowthLog.WatchAsync(tab);
        await page.SignInAsync();

        await page.AskAsync("What is falling?");
        var call = await product.Model.WaitForCallAsync(calls + 1);
        await Assertions.Expect(page.Usage).ToHaveTextAsync($"31 tokens in · {Tokens} tokens out");

        Assert.Equal(script.Text, await page.Text.TextContentAsync());
        var growth = await GrowthLog.ReadAsync(tab);
        var delay = growth.FirstText - call.FirstDeltaAt!.Value;
        output.WriteLine(
            $"FIGURE page, {route}: {Tokens} tokens at 50/s grew in {growth.Steps} steps over {growth.Frames} frames; " +
            $"first text {delay.TotalMilliseconds:F0} ms after the model's first token");
        var allowed = Math.Min(Tokens, growth.Frames);
        Assert.True(growth.Steps >= LeastSteps * allowed, $"The text grew in {growth.Steps} steps; the frames allowed {allowed}.");
        Assert.True(delay <= FirstTextBound, $"The first text came {delay.TotalMilliseconds:F0} ms after the model's first token.");
    }, $"Answer-{route}");
}
