namespace Tokenfall.EndToEnd.Tests.Rendering;

/// <summary>An answer as it grows on the page.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "browser")]
public sealed class RenderTests(Browser browser, ITestOutputHelper output)
{
    [Fact]
    public Task Answer_InRandomPieces_BecomesTheSameAsAtOnce() => RunAsync(async page =>
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var different = await page.EvaluateAsync<string>("seed => compare(seed, 12)", seed);
        Assert.True(different.Length == 0, $"Seed {seed}: in pieces and at once this becomes something different:\n{different}");
    });

    [Fact]
    public Task Answer_ThatGrows_NeverShowsMarks() => RunAsync(async page =>
    {
        const string text =
            "Some **bold**, *italic*, `code` and [a link](https://example.com/a_b).\n\n| **Head** | Two |\n|---|---|\n| `x` | *y* |\n\n" +
            "1. **One**: [two](https://example.com)\n\n```js\nlet x;\n```\n\nEnd.\n";
        var seen = await page.EvaluateAsync<string[]>("text => watch(text)", text);

        Assert.True(seen.Length > 20, $"Only {seen.Length} texts were seen.");
        Assert.All(seen, shown => Assert.DoesNotMatch(@"[*`|\[\]]|\]\(|https|js\nlet x;\n`", shown));
    });

    [Fact]
    public Task FinishedBlock_WhileTheAnswerGrows_IsNotTouched() => RunAsync(async page =>
    {
        await page.EvaluateAsync("() => { begin(); renderer.write('First **one**.\\n\\nSecond'); }");
        await Assertions.Expect(page.Locator("p").Nth(1)).ToHaveTextAsync("Second");
        await page.EvaluateAsync("""
            () => {
              window.touched = 0;
              new MutationObserver((all) => window.touched += all.length).observe(document.querySelector('p'), { subtree: true, childList: true, characterData: true });
              window.text = document.querySelectorAll('p')[1].firstChild;
              renderer.write(' grows');
            }
            """);
        await Assertions.Expect(page.Locator("p").Nth(1)).ToHaveTextAsync("Second grows");

        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.touched"));
        Assert.True(await page.EvaluateAsync<bool>("() => window.text.data === 'Second grows'"), "The growing text was replaced instead of appended to.");
    });

    [Fact]
    public Task CopyButton_OfCode_CopiesWhatIsSeenOnceItIsWhole() => RunAsync(async page =>
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("() => { begin(); renderer.write('```sh\\nrm -rf /tmp/x\\n'); }");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Copy" });
        await Assertions.Expect(page.Locator("code")).ToHaveTextAsync("rm -rf /tmp/x\n");
        await Assertions.Expect(button).ToBeDisabledAsync();

        await page.EvaluateAsync("() => renderer.write('```\\n')");
        await button.ClickAsync();

        await Assertions.Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal("rm -rf /tmp/x", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await Assertions.Expect(page.Locator(".tf-language")).ToHaveTextAsync("sh");
    });

    [Fact]
    public Task CodeLine_WiderThanItsBlock_ScrollsInsteadOfWrapping() => RunAsync(async page =>
    {
        await page.EvaluateAsync("() => draw(['```js\\n' + 'wide '.repeat(60) + '\\n```\\n'])");

        Assert.True(await page.Locator("pre").EvaluateAsync<bool>("pre => pre.scrollWidth > pre.clientWidth"), "The code does not scroll.");
    });

    [Fact]
    public Task FinishedSections_OfALongAnswer_AreSkippedOutOfSight() => RunAsync(async page =>
    {
        await page.EvaluateAsync("() => draw(['A paragraph of its own.\\n\\n'.repeat(200)])");

        var sections = page.Locator(".tf-section");
        await Assertions.Expect(sections.First).ToHaveCSSAsync("content-visibility", "auto");
        Assert.Equal(6, await sections.CountAsync());
    });

    [Fact]
    public Task Scroller_AtItsEnd_FollowsUntilTheReaderMovesUp() => RunAsync(async page =>
    {
        const string more = "() => renderer.write('A line.\\n\\n'.repeat(50))";
        const string rest = "() => { const e = document.scrollingElement; return e.scrollHeight - e.clientHeight - e.scrollTop; }";
        await page.EvaluateAsync("() => begin({ scroller: document.scrollingElement })");
        await page.EvaluateAsync(more);
        await Assertions.Expect(page.Locator("p")).ToHaveCountAsync(50);
        await page.WaitForFunctionAsync($"() => document.scrollingElement.scrollTop > 500 && ({rest})() <= 1");

        await page.Mouse.MoveAsync(100, 100);
        await page.Mouse.WheelAsync(0, -20);
        await page.WaitForFunctionAsync($"() => ({rest})() > 1");
        var top = await page.EvaluateAsync<double>("() => document.scrollingElement.scrollTop");
        await page.EvaluateAsync(more);
        await Assertions.Expect(page.Locator("p")).ToHaveCountAsync(100);
        Assert.InRange(await page.EvaluateAsync<double>("() => document.scrollingElement.scrollTop"), top - 20, top);

        await page.EvaluateAsync("() => document.scrollingElement.scrollTo(0, document.scrollingElement.scrollHeight)");
        await page.WaitForFunctionAsync($"() => ({rest})() <= 1");
        await page.EvaluateAsync(more);
        await Assertions.Expect(page.Locator("p")).ToHaveCountAsync(150);
        await page.WaitForFunctionAsync($"() => ({rest})() <= 1");
    });

    [Fact]
    public Task HiddenTab_HasNoFrames_AndIsDrawnAllTheSame() => RunAsync(async page =>
    {
        // A headless browser hides no tab: this is what a page sees of it.
        await page.EvaluateAsync("""
            () => {
              Object.defineProperty(document, 'hidden', { get: () => true });
              window.requestAnimationFrame = () => 0;
              begin();
              renderer.write('Drawn behind **another** tab.');
            }
            """);
        await Assertions.Expect(page.Locator("strong")).ToHaveTextAsync("another");
    });

    [Fact]
    public Task Selection_InTheUnfinishedBlock_StaysWhileItGrows() => RunAsync(async page =>
    {
        await page.EvaluateAsync("() => { begin(); renderer.write('Select me, **please**, and'); }");
        await Assertions.Expect(page.Locator("strong")).ToHaveTextAsync("please");
        await page.EvaluateAsync("() => { getSelection().selectAllChildren(document.querySelector('strong')); renderer.write(' go on'); }");
        await Assertions.Expect(page.Locator("p")).ToHaveTextAsync("Select me, please, and go on");

        Assert.Equal("please", await page.EvaluateAsync<string>("() => getSelection().toString()"));
    });

    private async Task RunAsync(Func<IPage, Task> test, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        await using var app = await RenderApp.StartAsync();
        await browser.RunAsync(app.Address, async page =>
        {
            await HostileTextTests.OpenAsync(page, "/strict");
            await test(page);
        }, name);
    }
}
