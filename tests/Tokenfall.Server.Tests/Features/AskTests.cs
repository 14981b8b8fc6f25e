namespace Tokenfall.Server.Tests.Features;

public class AskTests
{
    [Fact]
    public async Task Ask_SignedIn_StreamsTheAnswer()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        using var response = await Ask.SendAsync(browser);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("event: done", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WithAKey_StreamsTheAnswer()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        using var program = app.Program((await browser.AddKeyAsync()).Secret);
        Assert.Contains("event: done", await Ask.TextAsync(program), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_SignedOut_401WithoutRedirect()
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        using var response = await Ask.SendAsync(client);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("Bearer", "tfk_unknown")]
    [InlineData("bearer", "")]
    [InlineData("Basic", "YWRhOnNlY3JldA==")]
    public async Task Ask_WithAnInvalidKey_401NamesBearer(string scheme, string key)
    {
        await using var app = new TestApp();
        using var program = app.Program(key, scheme);
        using var response = await Ask.SendAsync(program);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WithAnInvalidKeyBesideACookie_IsJudgedByTheKey()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        browser.DefaultRequestHeaders.Authorization = new("Bearer", "tfk_unknown");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask.SendAsync(browser)).StatusCode);
    }

    [Fact]
    public async Task Ask_SignedInWithoutAntiforgeryToken_400()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        browser.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask.SendAsync(browser)).StatusCode);
    }

    [Fact]
    public async Task Ask_SignedInFromAnotherSitesPage_403()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask.SendAsync(browser)).StatusCode);
    }

    [Fact]
    public async Task Run_OfAnotherAccount_IsUnknown()
    {
        await using var app = new TestApp();
        using var ada = await app.SignedInAsync();
        using var asked = await Ask.SendAsync(ada);
        await app.AccountsAsync(accounts => accounts.CreateAsync(
            new Microsoft.AspNetCore.Identity.IdentityUser("bob@example.com") { Email = "bob@example.com" }, "another password"));
        using var bob = await app.SignedInAsync("bob@example.com", "another password");
        Assert.Equal(HttpStatusCode.NotFound, (await bob.DeleteAsync(asked.Headers.Location)).StatusCode);
    }
}
