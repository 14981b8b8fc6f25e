using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Tests.Features;

public class SignInTests
{
    private static readonly object Right = new { email = TestApp.Email, password = TestApp.Password };
    private static readonly object Wrong = new { email = TestApp.Email, password = "wrong horse battery" };
    private static readonly object Unknown = new { email = "eve@example.com", password = "wrong horse battery" };

    [Fact]
    public async Task SignIn_RightPasswordAsJson_SessionNamesThePerson()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        var response = await client.PostAsJsonAsync("/account/sign-in", Right);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(client)).GetProperty("user").GetString());
    }

    [Fact]
    public async Task SignIn_RightPasswordAsForm_SessionNamesThePerson()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = TestApp.Email,
            ["password"] = TestApp.Password,
        });
        var response = await client.PostAsync("/account/sign-in", form);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(client)).GetProperty("user").GetString());
    }

    [Fact]
    public async Task SignIn_UnknownEmailAndWrongPassword_SameAnswer()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        var wrong = await client.PostAsJsonAsync("/account/sign-in", Wrong);
        var unknown = await client.PostAsJsonAsync("/account/sign-in", Unknown);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(await WordsAsync(wrong), await WordsAsync(unknown));
    }

    [Theory]
    [InlineData(TestApp.Email, false)]
    [InlineData(TestApp.Email, true)]
    [InlineData("eve@example.com", false)]
    public async Task SignIn_WrongUnknownOrLocked_CostsOnePasswordHash(string email, bool locked)
    {
        var hasher = new CountingHasher();
        await using var app = new TestApp { Setup = services => services.AddSingleton<IPasswordHasher<IdentityUser>>(hasher) };
        using var client = await app.BrowserAsync();
        if (locked)
        {
            await app.AccountsAsync(async accounts => await accounts.SetLockoutEndDateAsync(
                (await accounts.FindByEmailAsync(email))!, TimeProvider.System.GetUtcNow().AddMinutes(5)));
        }
        await client.PostAsJsonAsync("/account/sign-in", new { email, password = "wrong horse battery" });
        Assert.Equal(1, hasher.Checks);
    }

    [Fact]
    public async Task SignIn_AfterFiveWrongTries_RefusesTheRightPasswordInTheSameWords()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        var words = "";
        for (var i = 0; i < 5; i++) words = await WordsAsync(await client.PostAsJsonAsync("/account/sign-in", Wrong));

        var locked = await client.PostAsJsonAsync("/account/sign-in", Right);
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.Equal(words, await WordsAsync(locked));
        var left = await app.AccountsAsync(async accounts => (await accounts.FindByEmailAsync(TestApp.Email))!.LockoutEnd) - TimeProvider.System.GetUtcNow();
        Assert.InRange(left!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task SignIn_AfterFourWrongTries_TakesTheRightPassword()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        for (var i = 0; i < 4; i++) await client.PostAsJsonAsync("/account/sign-in", Wrong);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/account/sign-in", Right)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WhenTheLockHasEnded_TakesTheRightPassword()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        for (var i = 0; i < 5; i++) await client.PostAsJsonAsync("/account/sign-in", Wrong);
        await app.AccountsAsync(async accounts => await accounts.SetLockoutEndDateAsync(
            (await accounts.FindByEmailAsync(TestApp.Email))!, TimeProvider.System.GetUtcNow()));
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/account/sign-in", Right)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_400()
    {
        await using var app = new TestApp();
        using var client = app.CreateClient();
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("/account/sign-in", Right)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAnotherSessionsToken_400()
    {
        await using var app = new TestApp();
        using var other = await app.BrowserAsync();
        using var client = await app.BrowserAsync();
        client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", other.DefaultRequestHeaders.GetValues("X-CSRF-TOKEN"));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("/account/sign-in", Right)).StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{", 400)]
    [InlineData("application/json", "null", 400)]
    [InlineData("application/json", """{"email":"ada@example.com"}""", 400)]
    [InlineData("application/json", """{"email":"","password":""}""", 400)]
    [InlineData("application/x-www-form-urlencoded", "email=ada@example.com", 400)]
    [InlineData("text/plain", "ada@example.com", 415)]
    public async Task SignIn_UnusableBody_IsRefusedInWords(string type, string body, int status)
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        using var content = new StringContent(body, Encoding.UTF8, type);
        var response = await client.PostAsync("/account/sign-in", content);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEqual("", await WordsAsync(response));
    }

    [Theory]
    [InlineData("application/json; charset=utf-99", "{}")]
    [InlineData("multipart/form-data; boundary=x", "garbage")]
    [InlineData("multipart/form-data", "garbage")]
    public async Task SignIn_BodyThatCannotBeRead_IsRefusedInWordsAndNotLogged(string type, string body)
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var response = await client.PostAsync("/account/sign-in", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("cannot be read", await WordsAsync(response), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", app.Log.Text(), StringComparison.Ordinal);
    }

    /// <summary>A proxy in front may have asked for a password of its own.</summary>
    [Fact]
    public async Task SignIn_BehindHttpBasic_SessionNamesThePerson()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "c2l0ZTpzZWNyZXQ=");
        (await client.PostAsJsonAsync("/account/sign-in", Right)).EnsureSuccessStatusCode();
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(client)).GetProperty("user").GetString());
    }

    [Theory]
    [InlineData("http://localhost", false)]
    [InlineData("https://localhost", true)]
    public async Task SignIn_Cookie_IsClosedToScriptsAndOtherSites(string address, bool secure)
    {
        await using var app = new TestApp();
        using var client = app.Plain(address);
        using var session = await client.GetAsync("/account/session");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in") { Content = JsonContent.Create(Right) };
        request.Headers.Add("Cookie", session.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        request.Headers.Add("X-CSRF-TOKEN", (await session.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrfToken").GetString());

        var cookie = (await client.SendAsync(request)).Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("tokenfall=", StringComparison.Ordinal));
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await using var app = new TestApp();
        using var client = await app.SignedInAsync();
        (await client.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();
        Assert.Equal(JsonValueKind.Null, (await TestApp.SessionAsync(client)).GetProperty("user").ValueKind);
    }

    [Fact]
    public async Task SignOut_WithoutAntiforgeryToken_400()
    {
        await using var app = new TestApp();
        using var client = await app.SignedInAsync();
        client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/account/sign-out", null)).StatusCode);
    }

    [Fact]
    public async Task Session_IsNeverStored()
    {
        await using var app = new TestApp();
        using var client = app.CreateClient();
        Assert.True((await client.GetAsync("/account/session")).Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task SignIn_SecretsNeverReachTheLog()
    {
        await using var app = new TestApp { Settings = { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" } };
        using var client = await app.SignedInAsync();
        await client.PostAsJsonAsync("/account/sign-in", Wrong);
        Assert.DoesNotContain(TestApp.Password, app.Log.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong horse battery", app.Log.Text(), StringComparison.Ordinal);
        Assert.NotEqual("", app.Log.Text());
    }

    private static async Task<string> WordsAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
}
