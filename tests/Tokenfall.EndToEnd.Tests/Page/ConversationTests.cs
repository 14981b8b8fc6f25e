using System.Text.Json;
using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>Turns: what the model is told of earlier ones, and what the reader can do with them.</summary>
[Collection(nameof(ChatPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class ConversationTests(Browser browser, ChatProduct product, ITestOutputHelper output) : ChatTest(browser, product, output)
{
    [Fact]
    public Task Question_AfterOthers_TakesTheWholeConversationToTheModel() => RunAsync(async page =>
    {
        await AskAsync(page, "First?", "One.");
        Product.Model.Enqueue(ModelScript.Fail(ModelFault.InBandError("invalid_request_error", "No.", 0)));
        await page.AskAsync("Refused?");
        await Assertions.Expect(page.Error).ToBeVisibleAsync();

        await AskAsync(page, "Second?", "Two.");

        // A question that got no answer is not told: models expect the two in turn.
        Assert.Equal(["user: First?", "assistant: One.", "user: Second?"], Told());
    });

    [Fact]
    public Task AskAgain_LastAnswer_GetsAnotherOneBesideIt() => RunAsync(async page =>
    {
        await AskAsync(page, "First?", "One.");
        Product.Model.Enqueue(ModelScript.Say("Another."));

        await page.AskAgain.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Text).ToHaveTextAsync("Another.");
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        Assert.Equal(["user: First?"], Told());
        await Assertions.Expect(page.Turns).ToHaveCountAsync(1);

        // The first one is still there.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Previous answer" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Text).ToHaveTextAsync("One.");
        await Assertions.Expect(page.Page.GetByText("1 / 2")).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync("One.");
    });

    [Fact]
    public Task Edit_EarlierQuestion_IsAnotherBranchBesideIt() => RunAsync(async page =>
    {
        await AskAsync(page, "First?", "One.");
        await AskAsync(page, "Second?", "Two.");
        Product.Model.Enqueue(ModelScript.Say("Uno."));

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByLabel("Edit your question")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Control+A");
        await page.Page.Keyboard.TypeAsync("In Italian?");
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Text).ToHaveTextAsync("Uno.");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(1);
        Assert.Equal(["user: In Italian?"], Told());
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Text).ToHaveTextAsync("Uno.");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(1);

        // The other branch is still there, and goes on from its own end.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Previous question" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(2);
        await Assertions.Expect(page.Text).ToHaveTextAsync("Two.");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Next question" })).ToBeFocusedAsync();
        await page.Prompt.FocusAsync();
        await AskAsync(page, "Third?", "Three.");
        Assert.Equal(["user: First?", "assistant: One.", "user: Second?", "assistant: Two.", "user: Third?"], Told());
    });

    [Fact]
    public Task Keyboard_AlsoWithoutAnyButton_DoesItAll() => RunAsync(async page =>
    {
        var keyboard = page.Page.Keyboard;
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await AskAsync(page, "First?", "A **bold** one.");

        await keyboard.PressAsync("Alt+Shift+KeyC");
        await Assertions.Expect(page.Announced).ToHaveTextAsync("Answer copied");
        Assert.Equal("A **bold** one.", await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.Page.GetByLabel("Edit your question")).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToBeFocusedAsync();

        await keyboard.PressAsync("Alt+Shift+KeyI");
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        await AskToTheMiddleAsync(page);
        await Assertions.Expect(page.Announced).ToHaveTextAsync("Answering");
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Note).ToHaveTextAsync("Stopped.");
        await Assertions.Expect(page.Announced).ToHaveTextAsync("Answer stopped");

        await keyboard.PressAsync("Alt+Shift+KeyK");
        await Assertions.Expect(page.Page.GetByText("Keyboard shortcuts")).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.GetByText("Keyboard shortcuts")).ToBeHiddenAsync();

        await keyboard.PressAsync("Alt+Shift+KeyN");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.GetByText("What would you like to know?")).ToBeVisibleAsync();
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
    });

    [Fact]
    public Task Stop_ByTheButton_StopsTheModelAndKeepsTheText() => RunAsync(async page =>
    {
        await AskToTheMiddleAsync(page);

        await page.Stop.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Note).ToHaveTextAsync("Stopped.");
        await Assertions.Expect(page.Send).ToBeFocusedAsync();
        Assert.Equal(Half, await page.Text.TextContentAsync());
        Assert.Equal(ModelCallOutcome.ClientLeft, (await Product.Model.Calls[^1].Closed.WaitAsync(TimeLimit)).Outcome);
    });

    private async Task AskAsync(ProductPage page, string question, string answer)
    {
        Product.Model.Enqueue(ModelScript.Say(answer));
        var turns = await page.Turns.CountAsync();
        await page.AskAsync(question);
        await Assertions.Expect(page.Turns).ToHaveCountAsync(turns + 1);
        await Assertions.Expect(page.Usage).ToContainTextAsync("tokens out");
    }

    /// <summary>What the model's last call brought.</summary>
    private IEnumerable<string> Told() =>
        JsonDocument.Parse(Product.Model.Calls[^1].Body).RootElement.GetProperty("messages").EnumerateArray()
            .Select(message => $"{message.GetProperty("role").GetString()}: {Content(message.GetProperty("content"))}");

    private static string? Content(JsonElement content) =>
        content.ValueKind is JsonValueKind.String ? content.GetString() : content[0].GetProperty("text").GetString();
}
