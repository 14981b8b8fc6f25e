using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Tests.Keys;

public partial class ApiKeyTests
{
    [Fact]
    public async Task Key_Created_ActsAsItsAccount()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (_, secret) = await browser.AddKeyAsync();
        using var program = app.Program(secret);
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(program)).GetProperty("user").GetString());
    }

    [Fact]
    public async Task Key_Has256RandomBits()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (_, one) = await browser.AddKeyAsync();
        var (_, two) = await browser.AddKeyAsync();
        Assert.Matches(Form(), one);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task Key_IsNowhereAfterItsCreation()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (_, secret) = await browser.AddKeyAsync();
        using var program = app.Program(secret);
        await TestApp.SessionAsync(program);

        Assert.DoesNotContain(secret, await browser.GetStringAsync("/account/keys"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret[4..], app.Log.Text(), StringComparison.Ordinal);
        foreach (var file in app.DataFiles())
            Assert.Equal(-1, (await SharedFile.ReadAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret[4..])));
    }

    [Fact]
    public async Task Key_InTheList_IsToldApartByNameAndHint()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (id, secret) = await browser.AddKeyAsync("nightly");
        var row = Assert.Single((await browser.GetFromJsonAsync<JsonElement>("/account/keys")).EnumerateArray());
        Assert.Equal(id, row.GetProperty("id").GetInt32());
        Assert.Equal("nightly", row.GetProperty("name").GetString());
        Assert.Equal(secret[^4..], row.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task Key_Revoked_NoLongerWorks()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (id, secret) = await browser.AddKeyAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await browser.DeleteAsync($"/account/keys/{id}")).StatusCode);
        using var program = app.Program(secret);
        Assert.Equal(JsonValueKind.Null, (await TestApp.SessionAsync(program)).GetProperty("user").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.DeleteAsync($"/account/keys/{id}")).StatusCode);
    }

    [Fact]
    public async Task Keys_ChangedMoreOftenThanTheAccountMay_429()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var answers = new List<HttpResponseMessage>();

        do answers.Add(await browser.DeleteAsync("/account/keys/999"));
        while (answers[^1].StatusCode == HttpStatusCode.NotFound);

        // A minute's changes, and those that become free while they are made.
        Assert.InRange(answers.Count, 121, 1000);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].StatusCode);
        Assert.NotNull(answers[^1].Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/keys")).StatusCode);
    }

    [Fact]
    public async Task Key_OfAnotherAccount_IsNeitherSeenNorRemoved()
    {
        await using var app = new TestApp();
        using var ada = await app.SignedInAsync();
        var (id, secret) = await ada.AddKeyAsync();
        await app.AccountsAsync(accounts => accounts.CreateAsync(new IdentityUser("bob@example.com") { Email = "bob@example.com" }, "another password"));
        using var bob = await app.SignedInAsync("bob@example.com", "another password");

        Assert.Equal("[]", await bob.GetStringAsync("/account/keys"));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.DeleteAsync($"/account/keys/{id}")).StatusCode);
        using var program = app.Program(secret);
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(program)).GetProperty("user").GetString());
    }

    [Fact]
    public async Task Key_OfARemovedAccount_NoLongerWorks()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (_, secret) = await browser.AddKeyAsync();
        await app.AccountsAsync(async accounts => await accounts.DeleteAsync((await accounts.FindByEmailAsync(TestApp.Email))!));
        using var program = app.Program(secret);
        Assert.Equal(JsonValueKind.Null, (await TestApp.SessionAsync(program)).GetProperty("user").ValueKind);
    }

    [Fact]
    public async Task Key_CannotMakeOrListKeys()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        using var program = app.Program((await browser.AddKeyAsync()).Secret);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/account/keys")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsJsonAsync("/account/keys", new { name = "more" })).StatusCode);
    }

    [Fact]
    public async Task Keys_SignedOut_401WithoutRedirect()
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        var response = await client.GetAsync("/account/keys");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Keys_WithoutAntiforgeryToken_AreNotChanged()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (id, _) = await browser.AddKeyAsync();
        browser.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsJsonAsync("/account/keys", new { name = "more" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.DeleteAsync($"/account/keys/{id}")).StatusCode);
        Assert.Equal(1, (await browser.GetFromJsonAsync<JsonElement>("/account/keys")).GetArrayLength());
    }

    [Theory]
    [InlineData("""{"name":"  "}""")]
    [InlineData("{}")]
    [InlineData("{")]
    public async Task Keys_WithoutAName_400(string body)
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/keys", content)).StatusCode);
    }

    [Fact]
    public async Task Keys_NameOverTheLimit_400()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsJsonAsync("/account/keys", new { name = new string('x', 101) })).StatusCode);
    }

    [Theory]
    [InlineData("esc\u001b[31m")]
    [InlineData("nul\0")]
    [InlineData("two\nlines")]
    [InlineData("two\u2028lines")]
    [InlineData("right\u202Eto left")]
    [InlineData("isolate\u2066")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("private\uE000")]
    public async Task Keys_NameThatCannotBeShown_400(string name)
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();

        var response = await browser.PostAsJsonAsync("/account/keys", new { name });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("cannot be shown", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sicherung für Ödön 🗄️")]
    [InlineData("گزارش\u200cها")]
    [InlineData("👩\u200d💻")]
    public async Task Keys_NameInAnyScript_IsKept(string name)
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        await browser.AddKeyAsync(name);
        var row = Assert.Single((await browser.GetFromJsonAsync<JsonElement>("/account/keys")).EnumerateArray());
        Assert.Equal(name, row.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Keys_OverTheLimitOfTheAccount_409()
    {
        await using var app = new TestApp();
        app.Settings["Tokenfall:MaxKeysPerAccount"] = "2";
        using var browser = await app.SignedInAsync();
        var (id, _) = await browser.AddKeyAsync();
        await browser.AddKeyAsync();

        var response = await browser.PostAsJsonAsync("/account/keys", new { name = "third" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("too_many_keys", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        await browser.DeleteAsync($"/account/keys/{id}");
        await browser.AddKeyAsync("third");
    }

    /// <summary>Counting and adding is one step.</summary>
    [Fact]
    public async Task Keys_AddedAtTheSameTime_StayWithinTheLimit()
    {
        await using var app = new TestApp();
        app.Settings["Tokenfall:MaxKeysPerAccount"] = "2";
        using var browser = await app.SignedInAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => browser.PostAsJsonAsync("/account/keys", new { name = $"key {i}" })));

        Assert.Equal(2, responses.Count(response => response.StatusCode == HttpStatusCode.Created));
        Assert.Equal(2, (await browser.GetFromJsonAsync<JsonElement>("/account/keys")).GetArrayLength());
    }

    [GeneratedRegex("^tfk_[A-Za-z0-9_-]{43}$")]
    private static partial Regex Form();
}
