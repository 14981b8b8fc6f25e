using Microsoft.Playwright;
using Tokenfall.EndToEnd.Tests.Browsers;
using Tokenfall.EndToEnd.Tests.Product;
using Xunit.Abstractions;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>The page has given up reading, but the run is still there: it is read on, and not paid twice.</summary>
[Collection(nameof(GivenUpPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class GivenUpTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    // A client that gives up at once where there is no server; one that has just started may take its time to answer.
    private const string Impatient = """
        export const idleTimeout = 40_000, attemptTimeout = 10_000, retryTime = 300, firstDelay = 100, maxDelay = 100, maxRetryAfter = 60_000, maxResumeRetryAfter = 1000, busyDelay = 100, endTimeout = 2000;
        """;

    private const string Unreachable = "The server cannot be reached. The answer may have gone on";

    [Fact]
    public Task RunStillThere_RetryReloadAndOnline_ReadOnAndAskNothing() => RunAsync(async page =>
    {
        Func<ProductPage, Task>[] ways = [PressRetryAsync, ReloadAsync, ComeOnlineAsync];
        await AskToTheMiddleAsync(page);
        foreach (var tryAgain in ways)
        {
            await GiveUpAsync(page);
            await Product.StartProxyAsync();
            await tryAgain(page);

            await Assertions.Expect(page.Stop).ToBeVisibleAsync();
            await Assertions.Expect(page.State).ToBeHiddenAsync(); // it is connected
        }
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    }, expectedErrors: "net::ERR_", prepare: BeImpatientAsync);

    [Fact]
    public Task RunWasInterrupted_OnlineAndReloadSaySo_AndOnlyRetryAsksAgain() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        await GiveUpAsync(page);
        await Product.RestartServerAsync();
        await Product.StartProxyAsync();
        Gate.Open();

        Func<ProductPage, Task>[] ways = [ComeOnlineAsync, ReloadAsync];
        foreach (var tryAgain in ways)
        {
            await tryAgain(page);
            await Assertions.Expect(page.Error).ToContainTextAsync("The server was restarted before the answer was complete.");
            await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
            Assert.Equal(1, Calls);
        }

        await PressRetryAsync(page);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(2, Calls);
    }, expectedErrors: "", prepare: BeImpatientAsync);

    [Fact]
    public Task RunWasInterrupted_RetryOfTheReading_AsksAgainAtOnce() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        await GiveUpAsync(page);
        await Product.RestartServerAsync();
        await Product.StartProxyAsync();
        Gate.Open();

        await PressRetryAsync(page);

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(2, Calls);
    }, expectedErrors: "", prepare: BeImpatientAsync);

    [Fact]
    public Task Retry_OfAQuestionWhoseResponseWasLost_FindsItsRun() => RunAsync(async page =>
    {
        // The question reaches the server; its response does not reach the page.
        await page.Page.RouteAsync("**/ask/stream", async route =>
        {
            if (Calls == 0) _ = route.FetchAsync();
            await Product.Model.WaitForCallAsync(CallsBefore + 1).WaitAsync(TimeLimit);
            await route.AbortAsync();
        });
        await page.AskAsync("What is falling?");
        await Assertions.Expect(page.Retry).ToBeVisibleAsync();
        await page.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        Gate.Open();
        await PressRetryAsync(page);

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(1, Calls);
    }, expectedErrors: "net::ERR_", prepare: BeImpatientAsync);

    [Fact]
    public Task Abandoned_HasItsOwnWordsAndRetry() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        await page.Page.RouteAsync("**/ask/stream/*", async route =>
        {
            var read = route.Request.Headers["last-event-id"].Split('.');
            await route.FulfillAsync(new()
            {
                ContentType = "text/event-stream",
                Body = $"event: done\ndata: {{\"stop_reason\":\"abandoned\",\"chars\":{Half.Length}}}\nid: {read[0]}.{int.Parse(read[1], System.Globalization.CultureInfo.InvariantCulture) + 1}\n\n",
            });
        });
        await Product.StopProxyAsync();
        await Product.StartProxyAsync();

        await Assertions.Expect(page.Error).ToContainTextAsync("because nobody was reading it for too long");
        await Assertions.Expect(page.Note).ToBeHiddenAsync();
        Assert.Equal(Half, await page.Text.TextContentAsync());
        await page.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        Gate.Open();
        await PressRetryAsync(page);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(2, Calls);
    }, expectedErrors: "");

    private static Task BeImpatientAsync(IPage page) =>
        page.RouteAsync("**/client/timing.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = Impatient }));

    private static async Task PressRetryAsync(ProductPage page)
    {
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task ReloadAsync(ProductPage page) => await page.Page.ReloadAsync();

    private static async Task ComeOnlineAsync(ProductPage page) => await page.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");

    /// <summary>There is no server for longer than the page has patience.</summary>
    private async Task GiveUpAsync(ProductPage page)
    {
        await Product.StopProxyAsync();
        await Assertions.Expect(page.Error).ToContainTextAsync(Unreachable);
        Assert.Equal(Half, await page.Text.TextContentAsync());
    }
}
