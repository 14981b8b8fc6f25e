using Tokenfall.EndToEnd.Tests.Page;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>What the page says when something is wrong.</summary>
[Collection(nameof(ChatPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class PageTests(Browser browser, ChatProduct product, ITestOutputHelper output) : IDisposable
{
    public void Dispose() => output.WriteLine(product.Log);

    [Fact]
    public Task Answer_ModelOverloadedInTheMiddle_KeepsTheTextAndSaysSo() => RunAsync(async page =>
    {
        var script = ModelScript.Lorem(40) with { Fault = ModelFault.InBandError("overloaded_error", "Overloaded", 20) };
        product.Model.Script = script;
        await page.SignInAsync();

        await page.AskAsync("What is falling?");

        await Assertions.Expect(page.Error).ToContainTextAsync("The model is overloaded right now. Try again in a moment.");
        Assert.Equal(string.Concat(script.Tokens.Take(20)), await page.KeptTextAsync());
        await Assertions.Expect(page.Retry).ToBeVisibleAsync();
        await Assertions.Expect(page.Thinking).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Answer_ProviderRefusesTheKey_SaysThatTheOperatorMustAct() => RunAsync(async page =>
    {
        product.Model.Script = ModelScript.Fail(ModelFault.Unauthorized);
        await page.SignInAsync();

        await page.AskAsync("What is falling?");

        await Assertions.Expect(page.Error).ToContainTextAsync("The operator of this site has to fix this.");
        await Assertions.Expect(page.Error.GetByText("Request ")).ToBeVisibleAsync();
        await Assertions.Expect(page.Error.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    });

    [Fact]
    public Task SignIn_WrongPassword_SaysSoAndTheNextTryWorks() => RunAsync(async page =>
    {
        await page.SignInAsync("wrong password");

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The e-mail or the password is wrong.");
        await Assertions.Expect(page.Page.GetByLabel("Password")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync(Tokenfall.Tests.Product.TokenfallProcess.Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
    }, expectedError: "status of 401");

    [Fact]
    public Task SignOut_AfterAnAnswer_LeavesNothingOfItOnThePage() => RunAsync(async page =>
    {
        product.Model.Script = ModelScript.Say("A secret answer.");
        await page.SignInAsync();
        await page.AskAsync("A secret question");
        await Assertions.Expect(page.Text).ToHaveTextAsync("A secret answer.");

        await page.SignOutAsync();

        await Assertions.Expect(page.Email).ToBeFocusedAsync();
        Assert.DoesNotContain("secret", await page.Page.ContentAsync() + await page.Page.TitleAsync() + await page.StoredAsync(), StringComparison.Ordinal);
        Assert.EndsWith("/", page.Page.Url, StringComparison.Ordinal);
    });

    private Task RunAsync(
        Func<ProductPage, Task> test, string? expectedError = null, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        browser.RunAsync(product.AddressFor(Route.Nginx), tab => test(new ProductPage(tab)), name, expectedError: expectedError);
}
