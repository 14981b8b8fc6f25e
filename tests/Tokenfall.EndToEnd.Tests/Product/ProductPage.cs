using Microsoft.Playwright;
using Tokenfall.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The page as a person uses it who has a keyboard and no mouse.</summary>
internal sealed class ProductPage(IPage page)
{
    public IPage Page => page;

    public ILocator Email => page.GetByLabel("E-mail");

    public ILocator Prompt => page.GetByLabel("Your question");

    public ILocator Thinking => page.GetByText("Thinking…");

    public ILocator Text => page.Locator(".exchange:last-child .text");

    public ILocator Usage => page.Locator(".exchange:last-child .usage");

    public ILocator Error => page.Locator(".exchange:last-child .error");

    public async Task SignInAsync(string password = TokenfallProcess.Password)
    {
        await page.GotoAsync("/");
        await TypeCredentialsAsync(password);
    }

    public async Task TypeCredentialsAsync(string password)
    {
        // The page puts the cursor where one begins.
        await Assertions.Expect(Email).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(TokenfallProcess.Email);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }

    public async Task AskAsync(string question)
    {
        await Assertions.Expect(Prompt).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(question);
        await page.Keyboard.PressAsync("Enter");
    }
}
