using System.Runtime.CompilerServices;
using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>What the tests of the page share: a signed-in reader, a model that waits in the middle, and its record.</summary>
public abstract class ChatTest(Browser browser, ChatProduct product, ITestOutputHelper output) : IDisposable
{
    private protected const int Before = 20;

    private protected static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private protected int CallsBefore { get; private set; }

    private protected ChatProduct Product => product;

    private protected Browser Browser => browser;

    private protected ITestOutputHelper Output => output;

    /// <summary>Forty words; the model waits in the middle until <see cref="Gate"/> opens.</summary>
    private protected ModelScript Script { get; private set; } = null!;

    private protected ModelGate Gate { get; } = new(Before);

    /// <summary>The first half of the answer.</summary>
    private protected string Half => string.Concat(Script.Tokens.Take(Before));

    /// <summary>How many questions the model has got in this test.</summary>
    private protected int Calls => product.Model.Calls.Count - CallsBefore;

    public void Dispose()
    {
        Gate.Open();
        output.WriteLine(product.Log);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Runs a test on a page with a reader who has signed in: at the product's nginx, where one sign-in serves all tests, or at another
    /// address of its server.
    /// </summary>
    /// <param name="prepare">What to do before the page is loaded.</param>
    private protected Task RunAsync(
        Func<ProductPage, Task> test, string? expectedError = null, string? expectedErrors = null,
        BrowserNewContextOptions? options = null, Uri? site = null, Func<IPage, Task>? prepare = null, [CallerMemberName] string name = "")
    {
        CallsBefore = product.Model.Calls.Count;
        product.Model.Script = Script = ChatProduct.Words(2 * Before) with { Hold = Gate };
        return browser.RunAsync(site ?? product.AddressFor(Route.Nginx), async tab =>
        {
            var page = new ProductPage(tab);
            if (prepare is not null) await prepare(tab);
            if (site is null && product.Session is { } session)
            {
                await tab.Context.AddCookiesAsync(session);
                await tab.GotoAsync("/");
            }
            else
            {
                await page.SignInAsync();
            }
            await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
            if (site is null) product.Session ??= await CookiesOfAsync(tab);
            await test(page);
        }, name, options, expectedError, expectedErrors);
    }

    private protected static async Task<IReadOnlyList<Cookie>> CookiesOfAsync(IPage page) =>
    [
        .. from cookie in await page.Context.CookiesAsync()
           select new Cookie
           {
               Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path,
               Expires = cookie.Expires, HttpOnly = cookie.HttpOnly, Secure = cookie.Secure, SameSite = cookie.SameSite,
           },
    ];

    /// <summary>Asks, and waits until the model is in the middle of its answer and the page shows all of it so far.</summary>
    private protected async Task AskToTheMiddleAsync(ProductPage page)
    {
        await page.AskAsync("What is falling?");
        await Assertions.Expect(page.Text).ToHaveTextAsync(Half);
    }
}
