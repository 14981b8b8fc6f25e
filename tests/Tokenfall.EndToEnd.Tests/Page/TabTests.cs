namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>Two tabs, one conversation.</summary>
[Collection(nameof(TabPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class TabTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    [Fact]
    public Task SecondTab_OpenedInTheMiddle_ShowsTheSameAnswer() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        var second = await page.OpenTabAsync();
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);
        await Assertions.Expect(second.Question).ToContainTextAsync("What is falling?");
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        await second.ExpectAnswerAsync(Script.Text);
        Assert.Equal(1, Calls);
    });

    [Fact]
    public Task IdleTab_QuestionAskedInAnother_ShowsItAndItsAnswer() => RunAsync(async page =>
    {
        var idle = await page.OpenTabAsync();
        await Assertions.Expect(idle.Prompt).ToBeVisibleAsync();
        await page.Page.BringToFrontAsync();

        await AskToTheMiddleAsync(page);
        await Assertions.Expect(idle.Text).ToHaveTextAsync(Half);
        Gate.Open();

        await idle.ExpectAnswerAsync(Script.Text);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((0, 1), (idle.Questions, Calls));
    });

    [Fact]
    public Task SecondTab_PressesStop_StopsTheModelAndBothSaySo() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        var second = await page.OpenTabAsync();
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);

        await second.Page.Keyboard.PressAsync("Escape");

        foreach (var tab in new[] { page, second })
        {
            await Assertions.Expect(tab.Note).ToHaveTextAsync("Stopped.");
            await Assertions.Expect(tab.Send).ToBeVisibleAsync();
            Assert.Equal(Half, await tab.Text.TextContentAsync());
        }
        Assert.Equal(ModelCallOutcome.ClientLeft, (await Product.Model.Calls[^1].Closed.WaitAsync(TimeLimit)).Outcome);
    });

    [Fact]
    public Task NewChat_InOneTab_BeginsAnewInTheOtherAndKeepsItsDraft() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        var second = await page.OpenTabAsync();
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);
        await second.Prompt.FillAsync("And why?");
        await page.Page.BringToFrontAsync();

        page.Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.Page.Keyboard.PressAsync("Alt+Shift+KeyN");

        await Assertions.Expect(second.Turns).ToHaveCountAsync(0);
        await AskToTheMiddleAsync(page);
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);
        Assert.Equal("And why?", await second.Prompt.InputValueAsync());
        Gate.Open();
        await page.ExpectAnswerAsync(Script.Text);
        await second.ExpectAnswerAsync(Script.Text);
    });

    [Fact]
    public Task IdleTab_TheOneThatAskedIsGone_OffersRetryAndFindsTheAnswer() => RunAsync(async page =>
    {
        // The question reaches the server; its response does not reach the tab.
        var other = await page.OpenTabAsync();
        await other.Page.RouteAsync("**/ask/stream", route => route.FetchAsync());
        await other.AskAsync("What is falling?");
        await Product.Model.WaitForCallAsync(CallsBefore + 1).WaitAsync(TimeLimit);
        await Assertions.Expect(page.Question).ToContainTextAsync("What is falling?");

        await other.Page.CloseAsync();
        await page.Page.BringToFrontAsync();
        await Assertions.Expect(page.Error).ToContainTextAsync("before the server had confirmed this question");
        Assert.Equal((0, 1), (page.Questions, Calls));
        Gate.Open();
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    });

    [Fact]
    public Task AskAgain_PressedInTwoTabsAtOnce_IsOneAnswerForBoth() => RunAsync(async page =>
    {
        Product.Model.Enqueue(ModelScript.Say("One."));
        await page.AskAsync("What is falling?");
        await page.ExpectAnswerAsync("One.");
        // At once: when the reader presses in the second tab, it has not heard of the press in the first.
        await page.Page.Context.AddInitScriptAsync("addEventListener('storage', (event) => event.stopImmediatePropagation())");
        var second = await page.OpenTabAsync();
        await Assertions.Expect(second.Text).ToHaveTextAsync("One.");

        foreach (var tab in new[] { page, second })
        {
            await tab.AskAgain.FocusAsync();
            await tab.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(tab.Text).ToHaveTextAsync(Half);
        }
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        await second.ExpectAnswerAsync(Script.Text);
        Assert.Equal((2, 1, 2), (page.Questions, second.Questions, Calls));
    });

    [Fact]
    public Task SignOut_InTheMiddleOfTheAnswer_StopsItAndLeavesNothingInAnyTab() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        var second = await page.OpenTabAsync();
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);
        await page.Page.BringToFrontAsync();

        await page.SignOutAsync();
        Product.Session = null; // over on the server, too: the next test signs in

        await Assertions.Expect(page.Email).ToBeFocusedAsync();
        await Assertions.Expect(second.Page.GetByText("You were signed out in another tab.")).ToBeVisibleAsync();
        Assert.Equal(ModelCallOutcome.ClientLeft, (await Product.Model.Calls[^1].Closed.WaitAsync(TimeLimit)).Outcome);
        foreach (var tab in new[] { page, second })
        {
            await Assertions.Expect(tab.Turns).ToHaveCountAsync(0);
            Assert.Equal("{}", await tab.StoredAsync());
        }
    });
}
