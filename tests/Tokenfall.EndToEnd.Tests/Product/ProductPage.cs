using System.Collections.Concurrent;
using Tokenfall.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The page as a person uses it who has a keyboard and no mouse. Of the turns it shows, the last one.</summary>
internal sealed class ProductPage
{
    private readonly ConcurrentQueue<string> _posts = new();

    public ProductPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) =>
        {
            if (request.Method == "POST") _posts.Enqueue(new Uri(request.Url).AbsolutePath);
        };
    }

    public IPage Page { get; }

    public ILocator Email => Page.GetByLabel("E-mail");

    public ILocator Prompt => Page.GetByLabel("Your question");

    public ILocator Send => Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });

    public ILocator Stop => Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true });

    public ILocator Thinking => Page.GetByText("Thinking…");

    public ILocator Turns => Page.Locator(".exchange");

    public ILocator Question => Page.Locator(".exchange:last-child .question");

    public ILocator Text => Page.Locator(".exchange:last-child .text");

    /// <summary>What the answer waits for.</summary>
    public ILocator State => Page.Locator(".exchange:last-child .state");

    public ILocator Usage => Page.Locator(".exchange:last-child .usage");

    public ILocator Note => Page.Locator(".exchange:last-child .note");

    public ILocator Error => Page.Locator(".exchange:last-child .error");

    public ILocator Retry => Error.GetByRole(AriaRole.Button, new() { Name = "Retry" });

    public ILocator AskAgain => Page.Locator(".exchange:last-child").GetByRole(AriaRole.Button, new() { Name = "Ask again" });

    /// <summary>The conversations beside the chat.</summary>
    public ILocator Listed => Page.Locator(".conversation a");

    /// <summary>The conversation in the list that is marked as the one on the page.</summary>
    public ILocator Current => Page.Locator(".conversation [aria-current=page]");

    /// <summary>A message at the edge of the page.</summary>
    public ILocator Toast => Page.Locator(".toast");

    /// <summary>What a screen reader was told last.</summary>
    public ILocator Announced => Page.GetByRole(AriaRole.Status);

    /// <summary>How often the page has posted a question, repeats included.</summary>
    public int Questions => _posts.Count(path => path == "/ask/stream");

    public async Task SignInAsync(string password = TokenfallProcess.Password)
    {
        await Page.GotoAsync("/");
        await TypeCredentialsAsync(password);
    }

    public async Task TypeCredentialsAsync(string password = TokenfallProcess.Password)
    {
        // The page puts the cursor where one begins.
        await Assertions.Expect(Email).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(TokenfallProcess.Email);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync(password);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task SignOutAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Account" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Ends the session on the server without the page's doing.</summary>
    public Task EndSessionAsync() => Page.EvaluateAsync("""
        async () => {
          const { csrfToken } = await (await fetch('/account/session')).json();
          await fetch('/account/sign-out', { method: 'POST', headers: { 'X-CSRF-TOKEN': csrfToken } });
        }
        """);

    /// <summary>Opens the menu of a conversation in the list, the newest one with this title, and chooses one of its entries.</summary>
    public async Task ChooseAsync(string title, string entry)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Options for “{title}”" }).First.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.Locator("#conversation-menu").GetByText(entry).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task AskAsync(string question)
    {
        await Assertions.Expect(Prompt).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(question);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the last answer has ended well, and shows exactly this text.</summary>
    public async Task ExpectAnswerAsync(string text)
    {
        await Assertions.Expect(Usage).ToContainTextAsync("tokens out");
        await Assertions.Expect(Text).ToHaveTextAsync(text); // drawn in the next frame after a reload
        Assert.Equal(text, await Text.TextContentAsync());
        Assert.Equal(text, await KeptTextAsync());
    }

    /// <summary>The newest answer's Markdown, as the server keeps it.</summary>
    public Task<string> KeptTextAsync() => Page.EvaluateAsync<string>("""
        async () => {
          const id = new URLSearchParams(location.search).get('c');
          const { messages } = await (await fetch(new URL(`conversations/${id}`, document.baseURI))).json();
          return messages.at(-1).parts.filter(({ type }) => type === 'text').map(({ text }) => text).join('');
        }
        """);

    /// <summary>Everything that the browser has stored for this address.</summary>
    public Task<string> StoredAsync() => Page.EvaluateAsync<string>("() => JSON.stringify(localStorage)");

    /// <summary>Another tab of the same browser, with the same conversation open.</summary>
    public Task<ProductPage> OpenTabAsync() => OpenAsync(Page.Context);

    /// <summary>The same conversation in another window: a tab of this browser, or another device's.</summary>
    public async Task<ProductPage> OpenAsync(IBrowserContext browser)
    {
        var tab = await browser.NewPageAsync();
        var page = new ProductPage(tab);
        await tab.GotoAsync(Page.Url);
        return page;
    }

    /// <summary>The reader comes back to the page, which was behind others.</summary>
    public Task ReturnAsync() => Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
}
