using System.Net.Http.Json;
using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>The list of conversations beside the chat.</summary>
[Collection(nameof(ChatPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class ListTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    [Fact]
    public Task Search_FindsTextAndSaysWhenThereIsNone() => RunAsync(async page =>
    {
        await AskAsync(page, "Which bird is blue?", "The kingfisher.");
        await page.Page.Keyboard.PressAsync("Alt+Shift+KeyN");
        await AskAsync(page, "Which bird is red?", "The robin.");
        await Assertions.Expect(page.Listed.First).ToHaveTextAsync("Which bird is red?");
        await Assertions.Expect(page.Current).ToHaveTextAsync("Which bird is red?");

        await page.Page.Keyboard.PressAsync("Alt+Shift+KeyF");
        await page.Page.Keyboard.TypeAsync("kingfisher");
        await Assertions.Expect(page.Listed).ToHaveTextAsync(["Which bird is blue?"]);
        await Assertions.Expect(page.Announced).ToHaveTextAsync("1 conversation found");
        await page.Page.Keyboard.TypeAsync("s of the moon");
        await Assertions.Expect(page.Page.GetByText("Nothing found for “kingfishers of the moon”.")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Listed.First).ToHaveTextAsync("Which bird is red?");
        await page.Listed.GetByText("Which bird is blue?").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Text).ToHaveTextAsync("The kingfisher.");
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync("The robin.");
    });

    [Fact]
    public Task List_LongerThanAPage_LoadsMoreAsItIsScrolled() => RunAsync(async page =>
    {
        const int Page = 30;
        using var client = Product.CreateProgram(Route.Direct);
        for (var i = 0; i <= Page; i++)
        {
            using var response = await client.PutAsJsonAsync($"/conversations/{RunId.New()}", new { messages = new[] { new { role = "user", content = $"Number {i}?" }, new { role = "assistant", content = "Yes." } } });
            Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        }
        await page.ReturnAsync();
        await Assertions.Expect(page.Listed.First).ToHaveTextAsync($"Number {Page}?");
        await Assertions.Expect(page.Listed).ToHaveCountAsync(Page);

        await page.Listed.Last.ScrollIntoViewIfNeededAsync();

        await Assertions.Expect(page.Listed.GetByText("Number 0?")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task Rename_IsStored_AndEscapeLeavesTheTitle() => RunAsync(async page =>
    {
        await AskAsync(page, "What is renamed?", "One.");

        await page.ChooseAsync("What is renamed?", "Rename");
        await page.Page.Keyboard.TypeAsync("A name of my own");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Current).ToBeFocusedAsync();
        await page.ChooseAsync("A name of my own", "Rename");
        await page.Page.Keyboard.TypeAsync("Not this one");
        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Current).ToHaveTextAsync("A name of my own");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Current).ToHaveTextAsync("A name of my own");
        await Assertions.Expect(page.Page).ToHaveTitleAsync("A name of my own · Tokenfall");
    });

    [Fact]
    public Task Delete_Undone_LeavesAllAsItWas() => RunAsync(async page =>
    {
        await AskAsync(page, "What is kept?", "One.");

        await page.ChooseAsync("What is kept?", "Delete");
        await Assertions.Expect(page.Toast).ToContainTextAsync("“What is kept?” was deleted.");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(0);
        await Assertions.Expect(page.Listed.GetByText("What is kept?")).ToHaveCountAsync(0);
        await page.Page.Keyboard.PressAsync("Alt+Shift+KeyZ");

        await page.ExpectAnswerAsync("One.");
        await Assertions.Expect(page.Current).ToHaveTextAsync("What is kept?");
        await Assertions.Expect(page.Toast).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Delete_TimeIsOver_DeletesItOnTheServer() => RunAsync(async page =>
    {
        await AskAsync(page, "What is deleted?", "One.");
        var address = page.Page.Url;
        await page.Page.Clock.InstallAsync();
        await page.ChooseAsync("What is deleted?", "Delete");
        await Assertions.Expect(page.Toast).ToBeVisibleAsync();

        await page.Page.RunAndWaitForResponseAsync(() => page.Page.Clock.FastForwardAsync(8000), response => response.Request.Method == "DELETE");

        await Assertions.Expect(page.Toast).ToHaveCountAsync(0);
        await page.Page.GotoAsync(address);
        await Assertions.Expect(page.Page.GetByText("This conversation is not here")).ToBeVisibleAsync();
        await Assertions.Expect(page.Listed.GetByText("What is deleted?")).ToHaveCountAsync(0);
    }, expectedErrors: "status of 404");

    [Fact]
    public Task Delete_PageIsLeftMeanwhile_DeletesItOnTheServer() => RunAsync(async page =>
    {
        await AskAsync(page, "What is left?", "One.");
        using var client = Product.CreateProgram(Route.Direct);
        var path = $"/conversations/{page.Page.Url.Split("?c=")[1]}";
        await page.ChooseAsync("What is left?", "Delete");
        await Assertions.Expect(page.Toast).ToBeVisibleAsync();
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);

        await page.Page.GotoAsync("about:blank");

        // The page is gone, and so is what it could have said about the request.
        using var limit = new CancellationTokenSource(TimeLimit);
        while ((await client.GetAsync(path, limit.Token)).StatusCode != System.Net.HttpStatusCode.NotFound)
        {
        }
    });

    [Fact]
    public Task Export_GivesTheBranchThatIsShown() => RunAsync(async page =>
    {
        await AskAsync(page, "What is exported?", "One.");
        Product.Model.Enqueue(ModelScript.Say("Another."));
        await page.AskAgain.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Text).ToHaveTextAsync("Another.");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Previous answer" }).ClickAsync();

        var markdown = await DownloadAsync(page, "Export as Markdown");
        var json = await DownloadAsync(page, "Export as JSON");

        Assert.StartsWith("# What is exported?\n", markdown, StringComparison.Ordinal);
        Assert.Contains("One.", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("Another.", markdown, StringComparison.Ordinal);
        Assert.Contains("Another.", json, StringComparison.Ordinal);
    });

    [Fact]
    public Task Store_Away_IsSaidInTheListAndTheChatStays() => RunAsync(async page =>
    {
        await AskAsync(page, "What stays?", "One.");
        await page.Page.RouteAsync("**/conversations**", route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"code":"store_unavailable","title":"No store","detail":"The store cannot be reached."}""",
        }));

        await page.ReturnAsync();
        await Assertions.Expect(page.Page.Locator("#conversations")).ToContainTextAsync("The store cannot be reached.");
        await Assertions.Expect(page.Text).ToHaveTextAsync("One.");
        await page.Page.UnrouteAllAsync();
        await page.Page.Locator("#conversations").GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await Assertions.Expect(page.Current).ToHaveTextAsync("What stays?");
    }, expectedErrors: "status of 503");

    private static async Task<string> DownloadAsync(ProductPage page, string entry)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.ChooseAsync("What is exported?", entry));
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return await reader.ReadToEndAsync();
    }

    private async Task AskAsync(ProductPage page, string question, string answer)
    {
        Product.Model.Enqueue(ModelScript.Say(answer));
        await page.AskAsync(question);
        await page.ExpectAnswerAsync(answer);
        await Assertions.Expect(page.Current).ToHaveTextAsync(question);
    }
}
