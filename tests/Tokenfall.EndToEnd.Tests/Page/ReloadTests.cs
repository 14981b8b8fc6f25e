namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>The page is loaded again: the conversation is there, and an answer goes on where it was.</summary>
[Collection(nameof(ChatPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class ReloadTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    [Fact]
    public Task Reload_InTheMiddleOfTheAnswer_GoesOnAndAsksNothing() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
        await Assertions.Expect(page.Stop).ToBeVisibleAsync();
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    });

    [Fact]
    public Task Reload_AfterTheAnswer_ShowsTheConversationWithoutTheServer() => RunAsync(async page =>
    {
        Gate.Open();
        await page.AskAsync("What is falling?");
        await page.ExpectAnswerAsync(Script.Text);
        var usage = await page.Usage.TextContentAsync();

        await page.Page.ReloadAsync();

        await Assertions.Expect(page.Question).ToContainTextAsync("What is falling?");
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(usage, await page.Usage.TextContentAsync());
        Assert.Equal((1, 1), (page.Questions, Calls));
    });

    [Fact]
    public Task Reload_BeforeTheServerAnswered_AsksNothingUntilRetryAndThenFindsTheAnswer() => RunAsync(async page =>
    {
        // The question reaches the server; its response does not reach the page.
        await page.Page.RouteAsync("**/ask/stream", route => route.FetchAsync());
        await page.AskAsync("What is falling?");
        await Product.Model.WaitForCallAsync(CallsBefore + 1).WaitAsync(TimeLimit);
        await page.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });

        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Error).ToContainTextAsync("before the server had confirmed this question");
        Assert.Equal((1, 1), (page.Questions, Calls));
        Gate.Open();
        await page.Retry.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((2, 1), (page.Questions, Calls));
    });

    [Theory]
    [InlineData("""{"id":"x"}""", "{}")]
    [InlineData("5", "{}")]
    [InlineData("""{"id":"x","turns":["a"]}""", """{"id":"a","state":"done"}""")]
    public Task Reload_WhatIsKeptIsNoConversation_BeginsAnew(string list, string turn) => RunAsync(async page =>
    {
        Gate.Open();
        await page.Page.EvaluateAsync("""
            ([list, turn]) => {
              const prefix = Object.keys(localStorage).find((key) => key.endsWith(':list')).slice(0, -'list'.length);
              localStorage.setItem(`${prefix}list`, list);
              localStorage.setItem(`${prefix}a`, turn);
            }
            """, new[] { list, turn });

        await page.Page.ReloadAsync();
        await page.AskAsync("What is falling?");

        await page.ExpectAnswerAsync(Script.Text);
        await Assertions.Expect(page.Turns).ToHaveCountAsync(1);
    });

    [Fact]
    public Task EventSource_OnTheSameRun_ReadsTheSameText() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        var reading = page.Page.EvaluateAsync<string>("""
            () => new Promise((resolve) => {
              const kept = Object.values(localStorage).map((value) => JSON.parse(value)).find(({ url }) => url);
              const source = new EventSource(kept.url);
              let text = '';
              source.addEventListener('delta', ({ data }) => (text += JSON.parse(data).text));
              source.addEventListener('done', () => {
                source.close();
                resolve(text);
              });
            })
            """);
        Gate.Open();

        Assert.Equal(Script.Text, await reading);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(1, Calls);
    });
}
