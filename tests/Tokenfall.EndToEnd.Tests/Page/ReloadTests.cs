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
    public Task Reload_AfterTheAnswer_ShowsTheConversationAndAsksNothing() => RunAsync(async page =>
    {
        Gate.Open();
        await page.AskAsync("What is falling?");
        await page.ExpectAnswerAsync(Script.Text);
        var usage = await page.Usage.TextContentAsync();

        await page.Page.ReloadAsync();

        await Assertions.Expect(page.Question).ToContainTextAsync("What is falling?");
        await page.ExpectAnswerAsync(Script.Text);
        // How long the first text took is known only where it was awaited.
        Assert.StartsWith(await page.Usage.TextContentAsync() ?? "nothing", usage, StringComparison.Ordinal);
        Assert.Equal((1, 1), (page.Questions, Calls));
    });

    [Fact]
    public Task Reload_BeforeTheServerAnswered_FindsTheAnswerAndAsksNothing() => RunAsync(async page =>
    {
        // The question reaches the server; its response does not reach the page.
        await page.Page.RouteAsync("**/ask/stream", route => route.FetchAsync());
        await page.AskAsync("What is falling?");
        await Product.Model.WaitForCallAsync(CallsBefore + 1).WaitAsync(TimeLimit);
        await page.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });

        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
        Gate.Open();

        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal((1, 1), (page.Questions, Calls));
    });

    [Fact]
    public Task Reload_OfWhatAnEarlierVersionKept_IsMovedToTheServerOnce() => RunAsync(async page =>
    {
        await page.Page.EvaluateAsync("""
            () => {
              const prefix = 'tokenfall:ada%40example.com:';
              localStorage.setItem(`${prefix}list`, JSON.stringify({ id: '000102030405060708090a0b0c0d0e0f', turns: ['a', 'b', 'c'] }));
              localStorage.setItem(`${prefix}a`, JSON.stringify({ id: 'a', key: 'ka', question: 'A kept question?', state: 'done', text: 'A **kept** answer.' }));
              localStorage.setItem(`${prefix}b`, JSON.stringify({ id: 'b', key: 'kb', question: 'Never answered?', state: 'failed', text: '' }));
              localStorage.setItem(`${prefix}c`, JSON.stringify({ id: 'c', key: 'kc', question: 'And then?', state: 'stopped', text: 'Half' }));
            }
            """);

        await page.Page.ReloadAsync();

        await Assertions.Expect(page.Current).ToHaveTextAsync("A kept question?");
        await Assertions.Expect(page.Page.Locator(".exchange .bubble")).ToHaveTextAsync(["A kept question?", "And then?"]);
        await Assertions.Expect(page.Page.Locator(".exchange .text")).ToHaveTextAsync(["A kept answer.", "Half"]);
        Assert.Equal("{}", await page.StoredAsync());
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync("Half");
        await Assertions.Expect(page.Listed.GetByText("A kept question?")).ToHaveCountAsync(1);
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
              const prefix = 'tokenfall:ada%40example.com:';
              localStorage.setItem(`${prefix}list`, list);
              localStorage.setItem(`${prefix}a`, turn);
            }
            """, new[] { list, turn });

        await page.Page.ReloadAsync();
        await page.AskAsync("What is falling?");

        await page.ExpectAnswerAsync(Script.Text);
        await Assertions.Expect(page.Turns).ToHaveCountAsync(1);
        Assert.Equal("{}", await page.StoredAsync());
    });

    [Fact]
    public Task EventSource_OnTheSameRun_ReadsTheSameText() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        var stream = await page.Page.EvaluateAsync<string>("""
            async () => {
              const id = new URLSearchParams(location.search).get('c');
              return (await (await fetch(`/conversations/${id}`)).json()).messages.at(-1).stream;
            }
            """);
        var reading = page.Page.EvaluateAsync<string>("""
            (stream) => new Promise((resolve) => {
              const source = new EventSource(stream);
              let text = '';
              source.addEventListener('delta', ({ data }) => (text += JSON.parse(data).text));
              source.addEventListener('done', () => {
                source.close();
                resolve(text);
              });
            })
            """, stream);
        Gate.Open();

        Assert.Equal(Script.Text, await reading);
        await page.ExpectAnswerAsync(Script.Text);
        Assert.Equal(1, Calls);
    });
}
