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
    public Task Busy_ReaderStopsWaiting_OffersToRetry() => RunAsync(async page =>
    {
        await page.Page.RouteAsync("**/ask/stream", route => route.FulfillAsync(new()
        {
            Status = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "60" },
            ContentType = "application/problem+json",
            Body = """{"title":"The server is busy","detail":"The server is answering as many questions as it can.","code":"too_many_runs"}""",
        }));
        await page.AskAsync("What is falling?");
        await Assertions.Expect(page.State).ToContainTextAsync("Retrying in 60 s.");

        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Error).ToContainTextAsync("The server is answering as many questions as it can.");
        await Assertions.Expect(page.Send).ToBeVisibleAsync();
        await page.Page.UnrouteAsync("**/ask/stream");
        Gate.Open();
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(1, Calls);
    }, expectedError: "status of 429");

    [Fact]
    public Task Busy_ReaderStoppedBeforeTheServerSaidSo_IsNotAskedAgain() => RunAsync(async page =>
    {
        var answer = new TaskCompletionSource();
        await page.Page.RouteAsync("**/ask/stream", async route =>
        {
            await answer.Task;
            await route.FulfillAsync(new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "60" } });
        });
        await page.AskAsync("What is falling?");

        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.State).ToHaveTextAsync("Stopping…");
        answer.SetResult();

        await Assertions.Expect(page.Retry).ToBeVisibleAsync();
        await Assertions.Expect(page.Send).ToBeVisibleAsync();
        await Assertions.Expect(page.State).ToBeHiddenAsync();
    }, expectedError: "status of 429");

    [Fact]
    public Task Token_GoneStale_IsFetchedAnewAndTheQuestionAsked() => RunAsync(async page =>
    {
        Gate.Open();
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall.csrf" });

        await page.AskAsync("What is falling?");

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((2, 1), (page.Questions, Calls));
    }, expectedError: "status of 400");

    [Fact]
    public Task Token_GoneStaleInTheMiddle_DoesNotKeepTheReaderFromStopping() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall.csrf" });

        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Note).ToHaveTextAsync("Stopped.");
    }, expectedError: "status of 400");

    [Fact]
    public Task Session_OverInTheMeantime_AsksToSignInAndKeepsTheQuestion() => RunAsync(async page =>
    {
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall" });

        await page.AskAsync("What is falling?");

        await Assertions.Expect(page.Page.GetByText("You were signed out. Sign in again: your question has been kept.")).ToBeVisibleAsync();
        await page.TypeCredentialsAsync();
        await Assertions.Expect(page.Prompt).ToHaveValueAsync("What is falling?");
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        Assert.Equal(0, Calls);
    }, expectedError: "status of 401");

    [Fact]
    public Task Session_OverInTheMiddle_GoesOnWithTheAnswerAfterSigningIn() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        await page.Page.Context.ClearCookiesAsync(new() { Name = "tokenfall" });
        await Product.StopProxyAsync();
        await Product.StartProxyAsync();

        await Assertions.Expect(page.Page.GetByText("You were signed out. Sign in again to continue reading the answer.")).ToBeVisibleAsync();
        await page.TypeCredentialsAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    }, expectedErrors: "Failed to load resource");

    [Fact]
    public Task Question_RefusedWhileAnotherIsWritten_GoesBackInFrontOfIt() => RunAsync(async page =>
    {
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
    }, expectedError: "status of 413");

    [Fact]
    public Task Question_TooLong_GoesBackIntoTheBoxWithTheReason() => RunAsync(async page =>
    {
        await page.Prompt.FillAsync(new string('x', 5001));
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The prompt is too long. It has 5,001 characters" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Prompt).ToHaveValueAsync(new string('x', 5001));
        await Assertions.Expect(page.Turns).ToHaveCountAsync(0);
        Assert.Equal(0, Calls);
    }, expectedError: "status of 400");
}
