using Tokenfall.EndToEnd.Tests.Page;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>A person signs in, asks, and watches the answer arrive.</summary>
[Collection(nameof(TimedPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class PageStreamTests(Browser browser, WholeProduct product, ITestOutputHelper output) : IDisposable
{
    private const int Tokens = 150;
    private const int TokensPerSecond = 50;

    // Of the steps that the frames allow; the rest is room for tokens that come together because the machine was busy.
    private const double LeastSteps = 0.4;

    // Anything that holds the answer back until it ends shows its first text later than this.
    private static readonly TimeSpan HalfTheAnswer = TimeSpan.FromSeconds(Tokens / 2.0 / TokensPerSecond);

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [InlineData(Route.Direct)]
    [InlineData(Route.Nginx)]
    [InlineData(Route.NginxTls)]
    public Task Answer_OfFiftyTokensASecond_GrowsOnThePageAsItIsMade(Route route) => browser.RunAsync(product.AddressFor(route), async tab =>
    {
        var page = new ProductPage(tab);
        await GrowthLog.WatchAsync(tab);
        await page.SignInAsync();

        var (growth, delay) = await AskAsync(page, ChatProduct.Words(Tokens));

        output.WriteLine(
            $"FIGURE page, {route}: {Tokens} tokens at {TokensPerSecond}/s grew in {growth.Steps} steps over {growth.Frames} frames; " +
            $"first text {delay.TotalMilliseconds:F0} ms after the model's first token");
        var allowed = Math.Min(Tokens, growth.Frames);
        Assert.True(growth.Steps >= LeastSteps * allowed, $"The text grew in {growth.Steps} steps; the frames allowed {allowed}.");
        Assert.True(delay < HalfTheAnswer, $"The first text came {delay.TotalMilliseconds:F0} ms after the model's first token.");
    }, $"Answer-{route}");

    // Every character that has ever broken a stream; the page shows Markdown, and keeps what it read.
    [Fact]
    public Task Answer_OfEveryKindOfCharacter_IsKeptAsTheModelSaidIt() => browser.RunAsync(product.AddressFor(Route.Nginx), async tab =>
    {
        var page = new ProductPage(tab);
        var script = ModelScript.Lorem(Tokens);
        product.Model.Script = script;
        await page.SignInAsync();

        await page.AskAsync("What is falling?");

        await Assertions.Expect(page.Usage).ToContainTextAsync($"{Tokens} tokens out");
        Assert.Equal(script.Text, await page.KeptTextAsync());
    });

    /// <summary>Asks, waits for the end, and checks the text and the counts.</summary>
    /// <returns>How the text grew, and how long after the model's first token it began to.</returns>
    private async Task<(GrowthLog Growth, TimeSpan Delay)> AskAsync(ProductPage page, ModelScript script)
    {
        script = script with { TokensPerSecond = TokensPerSecond, InputTokens = 31 };
        product.Model.Script = script;
        var calls = product.Model.Calls.Count;
        await page.AskAsync("What is falling?");
        var call = await product.Model.WaitForCallAsync(calls + 1);
        await Assertions.Expect(page.Text).ToHaveTextAsync(script.Text);
        await Assertions.Expect(page.Usage).ToContainTextAsync($"31 tokens in · {script.Tokens.Count} tokens out");

        await page.ExpectAnswerAsync(script.Text);
        var growth = await GrowthLog.ReadAsync(page.Page);
        return (growth, growth.FirstText - call.FirstDeltaAt!.Value);
    }
}
