using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>The server takes no question now: the page waits, mends it, or gives it back.</summary>
[Collection(nameof(TroubledChatPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class RejectionTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    [Fact]
    public Task Busy_UntilAPlaceIsFree_CountsDownAndAsksAgainByItself() => RunAsync(async page =>
    {
        using var client = Product.CreateProgram(Route.Direct);
        var others = new List<LiveRun>();
        for (var i = 0; i < ChatProduct.MaxRuns; i++)
            others.Add(await LiveRun.StartAsync(client, Product.Model, Script));

        await page.AskAsync("What is falling?");
        await Assertions.Expect(page.State).ToContainTextAsync("The server is busy. Retrying in");
        await Assertions.Expect(page.Announced).ToContainTextAsync("The server is busy. Retrying in");
        await Assertions.Expect(page.Stop).ToBeVisibleAsync();
        foreach (var other in others)
        {
            await other.StopAsync();
            other.Dispose();
        }
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((2, ChatProduct.MaxRuns + 1), (page.Questions, Calls));
    }, expectedError: "status of 429");

    [Fact]
    public Task Busy_ReaderStopsWaiting_IsNotAskedAgainUntilRetry() => RunAsync(async page =>
    {
        var answer = new TaskCompletionSource();
        await page.Page.RouteAsync("**/ask/stream", async route =>
        {
            await answer.Task;
            await route.FulfillAsync(new()
            {
                Status = 429,
                Headers = new Dictionary<string, string> { ["Retry-After"] = "60" },
                ContentType = "application/problem+json",
                Body = """{"title":"The server is busy","detail":"The server is answering as many questions as it can.","code":"too_many_runs"}""",
            });
        });
        await page.AskAsync("What is falling?");

        // Before the server has said so.
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.State).ToHaveTextAsync("Stopping…");
        answer.SetResult();
        await Assertions.Expect(page.Retry).ToBeVisibleAsync();
        await Assertions.Expect(page.Send).ToBeVisibleAsync();
        await Assertions.Expect(page.State).ToBeHiddenAsync();

        // While the page waits: 60 s, and up to one more.
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.State).ToContainTextAsync("Retrying in 6");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Error).ToContainTextAsync("The server is answering as many questions as it can.");
        await Assertions.Expect(page.Send).ToBeVisibleAsync();

        await page.Page.UnrouteAsync("**/ask/stream");
        Gate.Open();
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((3, 1), (page.Questions, Calls));
    }, expectedErrors: "status of 429");

    [Fact]
    public Task Token_GoneStale_IsFetchedAnewForTheQuestionAndForStop() => RunAsync(async page =>
    {
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall.csrf" });
        await AskToTheMiddleAsync(page);
        Assert.Equal((2, 1), (page.Questions, Calls));

        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall.csrf" });
        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Note).ToHaveTextAsync("Stopped.");
    }, expectedErrors: "status of 400");

    [Fact]
    public Task Session_Over_AsksToSignInAndKeepsQuestionAndAnswer() => RunAsync(async page =>
    {
        // Before a question.
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall" });
        await page.AskAsync("What is falling?");
        await Assertions.Expect(page.Page.GetByText("You were signed out. Sign in again: your question has been kept.")).ToBeVisibleAsync();
        Assert.Equal("{}", await page.StoredAsync());
        await page.TypeCredentialsAsync();
        await Assertions.Expect(page.Prompt).ToHaveValueAsync("What is falling?");
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        Assert.Equal(0, Calls);

        // In the middle of its answer.
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall" });
        await Product.StopProxyAsync();
        await Product.StartProxyAsync();
        await SignInToReadOnAsync(page);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((2, 1), (page.Questions, Calls));
    }, expectedErrors: "Failed to load resource");

    [Fact]
    public Task Session_EndedOnTheServerInTheMiddleOfAnAnswer_AsksToSignInAtOnce() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        await page.EndSessionAsync();
        Product.Session = null; // the next test signs in

        await SignInToReadOnAsync(page);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    }, expectedErrors: "Failed to load resource");

    [Fact]
    public Task Session_OverWhileThePageWasHidden_IsNoticedWhenItIsShownAgain() => RunAsync(async page =>
    {
        Gate.Open();
        await page.AskAsync("A secret question");
        await page.ExpectAnswerAsync(Script.Text);
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall" });

        await page.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

        await Assertions.Expect(page.Email).ToBeFocusedAsync();
        await Assertions.Expect(page.Turns).ToHaveCountAsync(0);
        Assert.Equal("{}", await page.StoredAsync());
    });

    [Fact]
    public Task Session_OverWhileThePageWasClosed_LeavesNothingWhenItIsOpenedAgain() => RunAsync(async page =>
    {
        Gate.Open();
        await page.AskAsync("A secret question");
        await page.ExpectAnswerAsync(Script.Text);
        await page.Page.GotoAsync("about:blank");
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall" });

        await page.Page.GotoAsync("/");

        await Assertions.Expect(page.Email).ToBeFocusedAsync();
        Assert.Equal("{}", await page.StoredAsync());
    });

    [Fact]
    public Task Question_Refused_GoesBackIntoTheBoxWithTheReason() => RunAsync(async page =>
    {
        // While another one is written.
        var answer = new TaskCompletionSource();
        await page.Page.RouteAsync("**/ask/stream", async route =>
        {
            await answer.Task;
            await route.FulfillAsync(new() { Status = 413 });
        });
        await page.AskAsync("What is falling?");
        await page.Page.Keyboard.TypeAsync("And why?");
        answer.SetResult();
        await Assertions.Expect(page.Prompt).ToHaveValueAsync("What is falling?\n\nAnd why?");
        await page.Page.UnrouteAsync("**/ask/stream");

        // By the server, because it is too long.
        await page.Prompt.FillAsync(new string('x', 5001));
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The prompt is too long. It has 5,001 characters" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Prompt).ToHaveValueAsync(new string('x', 5001));
        await Assertions.Expect(page.Turns).ToHaveCountAsync(0);
        Assert.Equal(0, Calls);
    }, expectedErrors: "status of 4");

    /// <summary>The session has ended in the middle of an answer, of which nothing is stored meanwhile.</summary>
    private async Task SignInToReadOnAsync(ProductPage page)
    {
        await Assertions.Expect(page.Page.GetByText("You were signed out. Sign in again to continue reading the answer.")).ToBeVisibleAsync();
        Assert.Equal("{}", await page.StoredAsync());
        await page.TypeCredentialsAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
        Gate.Open();
    }
}
