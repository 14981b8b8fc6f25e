using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>Two tabs or two devices, one conversation.</summary>
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
        await AskOneAsync(page);
        var idle = await page.OpenTabAsync();
        await Assertions.Expect(idle.Text).ToHaveTextAsync("One.");
        await page.Page.BringToFrontAsync();

        await AskToTheMiddleAsync(page);
        await Assertions.Expect(idle.Text).ToHaveTextAsync(Half);
        Gate.Open();

        await idle.ExpectAnswerAsync(Script.Text);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((0, 2), (idle.Questions, Calls));
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
    public Task NewChat_InTheMiddleOfTheAnswer_LeavesItAloneInEveryTab() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        var second = await page.OpenTabAsync();
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);
        await second.Prompt.FillAsync("And why?");
        await page.Page.BringToFrontAsync();

        await page.Page.Keyboard.PressAsync("Alt+Shift+KeyN");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator(".conversation.running")).ToHaveCountAsync(1);
        Gate.Open();
        await Assertions.Expect(page.Page.Locator(".conversation.running")).ToHaveCountAsync(0);

        await second.ExpectAnswerAsync(Script.Text);
        Assert.Equal("And why?", await second.Prompt.InputValueAsync());
        await page.Page.GoBackAsync();
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(1, Calls);
    });

    [Fact]
    public Task IdleTab_TheOneThatAskedIsGone_FindsTheAnswerAndAsksNothing() => RunAsync(async page =>
    {
        await AskOneAsync(page);
        // The question reaches the server; its response does not reach the tab.
        var other = await page.OpenTabAsync();
        await Assertions.Expect(other.Text).ToHaveTextAsync("One.");
        await other.Page.RouteAsync("**/ask/stream", route => route.FetchAsync());
        await other.AskAsync("What is falling?");
        await Product.Model.WaitForCallAsync(CallsBefore + 2).WaitAsync(TimeLimit);

        await other.Page.CloseAsync();
        await page.ReturnAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 2), (page.Questions, Calls));
    });

    [Fact]
    public Task SecondDevice_InTheMiddleOfTheAnswer_ReadsAlongAndMayStopIt() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);
        await using var device = await OpenDeviceAsync(page);
        var second = await page.OpenAsync(device);
        await Assertions.Expect(second.Text).ToHaveTextAsync(Half);
        await Assertions.Expect(second.Question).ToContainTextAsync("What is falling?");
        await Assertions.Expect(second.Current).ToHaveTextAsync("What is falling?");

        await second.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(second.Note).ToHaveTextAsync("Stopped.");
        await Assertions.Expect(page.Note).ToHaveTextAsync("Stopped.");
        Assert.Equal((0, 1), (second.Questions, Calls));
    });

    [Fact]
    public Task SecondDevice_ReturnedTo_ShowsWhatWasSaidAndRenamedMeanwhile() => RunAsync(async page =>
    {
        Gate.Open();
        await AskOneAsync(page);
        await using var device = await OpenDeviceAsync(page);
        var second = await page.OpenAsync(device);
        await Assertions.Expect(second.Text).ToHaveTextAsync("One.");

        await AskToTheEndAsync(page);
        await page.ChooseAsync("A first question?", "Rename");
        await page.Page.Keyboard.TypeAsync("Falling");
        // The title is shown before the server has it.
        await page.Page.RunAndWaitForResponseAsync(() => page.Page.Keyboard.PressAsync("Enter"), response => response.Request.Method == "PATCH");
        await Assertions.Expect(page.Current).ToHaveTextAsync("Falling");
        await second.ReturnAsync();

        await second.ExpectAnswerAsync(Script.Text);
        await Assertions.Expect(second.Turns).ToHaveCountAsync(2);
        await Assertions.Expect(second.Current).ToHaveTextAsync("Falling");
    });

    [Fact]
    public Task AskAgain_PressedInTwoTabsAtOnce_IsOneAnswerForBoth() => RunAsync(async page =>
    {
        Product.Model.Enqueue(ModelScript.Say("One."));
        await page.AskAsync("What is falling?");
        await page.ExpectAnswerAsync("One.");
        // At once: when the reader presses in the second tab, it has not heard of the press in the first.
        await page.Page.Context.AddInitScriptAsync("delete window.BroadcastChannel");
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

    private async Task AskOneAsync(ProductPage page)
    {
        Product.Model.Enqueue(ModelScript.Say("One."));
        await page.AskAsync("A first question?");
        await page.ExpectAnswerAsync("One.");
    }

    private async Task AskToTheEndAsync(ProductPage page)
    {
        await page.AskAsync("What is falling?");
        await page.ExpectAnswerAsync(Script.Text);
    }

    /// <summary>Another browser of the same account, which shares nothing else with the first one.</summary>
    private async Task<IBrowserContext> OpenDeviceAsync(ProductPage page)
    {
        var device = await Browser.Instance.NewContextAsync();
        await device.AddCookiesAsync(await CookiesOfAsync(page.Page));
        return device;
    }
}
