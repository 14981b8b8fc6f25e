using Tokenfall.AspNetCore.Tests;
using Tokenfall.EndToEnd.Tests.Nginx;
using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>The connection is lost in the middle of the answer, and the reader loses nothing.</summary>
[Collection(nameof(TroubledChatPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class CutTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    private const string Lost = "Connection lost. Reconnecting…";

    [Theory]
    [InlineData(Connection.Http1)]
    [InlineData(Connection.Http2Tls)]
    public async Task Answer_ServerResetsTheResponse_IsWholeAndAskedOnce(Connection connection)
    {
        await using var hop = new CuttingProxy(Product.AddressFor(Route.Direct));
        await using var nginx = await NginxServer.StartAsync(hop.Address, output: Output);

        await RunAsync(async page =>
        {
            await AskToTheMiddleAsync(page);

            var reading = page.Page.WaitForRequestAsync(request => request.Method == "GET" && request.Url.Contains("/ask/stream/", StringComparison.Ordinal));
            hop.CutAfter(0);
            Assert.Contains("last-event-id", (await reading).Headers.Keys);
            Gate.Open();

            await page.ExpectAnswerAsync(Script.Text);
            Assert.Equal((1, 1), (page.Questions, Calls));
        }, expectedErrors: "Failed to load resource", site: nginx.AddressFor(connection), name: $"Page_ServerResets-{connection}");
    }

    [Fact]
    public Task Answer_ProxyRestarts_IsWholeAndAskedOnce() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        await Product.StopProxyAsync();
        await Assertions.Expect(page.State).ToHaveTextAsync(Lost);
        Assert.Equal(Half, await page.Text.TextContentAsync());
        await Product.StartProxyAsync();
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    }, expectedErrors: "net::ERR_");

    [Fact]
    public Task Answer_NetworkGoesOfflineAndReturns_IsWholeAndAskedOnce() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        // The browser refuses new connections from now on, but leaves the open one alone: that one is cut by hand.
        await page.Page.Context.SetOfflineAsync(true);
        await Product.StopProxyAsync();
        await Product.StartProxyAsync();
        await Assertions.Expect(page.State).ToHaveTextAsync(Lost);
        await Assertions.Expect(page.Announced).ToHaveTextAsync("Connection lost. Reconnecting.");
        Gate.Open();
        await page.Page.Context.SetOfflineAsync(false);

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    }, expectedErrors: "net::ERR_");

    [Fact]
    public Task Answer_TabIsHidden_GoesOnBehindTheOthers() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        // What a tab behind others is like for its page: hidden, and without a frame.
        await page.Page.EvaluateAsync("""
            () => {
              Object.defineProperty(document, 'hidden', { get: () => true });
              Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
              window.requestAnimationFrame = () => 0;
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """);
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
    });

    [Fact]
    public Task Answer_ServerIsRestarted_SaysSoKeepsTheTextAndOffersToAskAgain() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        await Product.RestartServerAsync();

        await Assertions.Expect(page.Error).ToContainTextAsync("The server was restarted before the answer was complete.");
        Assert.Equal(Half, await page.Text.TextContentAsync());
        await Assertions.Expect(page.Send).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);

        Gate.Open();
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectAnswerAsync(Script.Text);
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        Assert.Equal(2, Calls);
    }, expectedErrors: "Failed to load resource");
}
