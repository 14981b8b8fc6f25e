using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Server.Tests.Sessions;

/// <summary>Sessions are the server's: what a browser has kept of one that ended is worth nothing.</summary>
public class SessionTests
{
    [Fact]
    public async Task Cookie_ReplayedAfterSignOut_IsAnonymous()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var jar = new CookieContainer();
        using var other = await app.SignedInAsync(jar);
        using var replay = app.Replay(jar);
        Assert.Equal(TestApp.Email, await UserAsync(replay));

        (await other.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();

        Assert.Null(await UserAsync(replay));
        Assert.Equal(HttpStatusCode.Unauthorized, (await replay.GetAsync("/account/keys")).StatusCode);
        // The account's other sessions go on.
        Assert.Equal(TestApp.Email, await UserAsync(browser));
    }

    [Fact]
    public async Task PasswordChange_EndsAllSessionsOfTheAccount()
    {
        await using var app = new TestApp();
        using var one = await app.SignedInAsync();
        using var two = await app.SignedInAsync();

        await app.AccountsAsync(async accounts =>
        {
            var account = (await accounts.FindByEmailAsync(TestApp.Email))!;
            return await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), "another horse battery");
        });

        Assert.Null(await UserAsync(one));
        Assert.Null(await UserAsync(two));
        using var three = await app.SignedInAsync(password: "another horse battery");
        Assert.Equal(TestApp.Email, await UserAsync(three));
    }

    [Fact]
    public async Task RemovedAccount_HasNoSession()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        await app.AccountsAsync(async accounts => await accounts.DeleteAsync((await accounts.FindByEmailAsync(TestApp.Email))!));
        Assert.Null(await UserAsync(browser));
    }

    [Fact]
    public async Task DisabledAccount_HasNoAccessBySessionKeyOrPassword()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        using var program = app.Program((await browser.AddKeyAsync()).Secret);
        using var person = await app.BrowserAsync();

        await app.AccountsAsync(async accounts => await accounts.SetLockoutEndDateAsync((await accounts.FindByEmailAsync(TestApp.Email))!, DateTimeOffset.MaxValue));

        Assert.Null(await UserAsync(browser));
        Assert.Null(await UserAsync(program));
        await TestApp.RefreshTokenAsync(browser);
        // From a device that is known, too.
        foreach (var device in new[] { person, browser })
        {
            var response = await device.PostAsJsonAsync("/account/sign-in", new { email = TestApp.Email, password = TestApp.Password });
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task Account_ClosedForFiveMinutes_KeepsItsSessions()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        await app.AccountsAsync(async accounts => await accounts.SetLockoutEndDateAsync(
            (await accounts.FindByEmailAsync(TestApp.Email))!, TimeProvider.System.GetUtcNow().AddMinutes(5)));
        Assert.Equal(TestApp.Email, await UserAsync(browser));
    }

    [Fact]
    public async Task Cookie_CarriesOnlyASecret_ThatIsNotStored()
    {
        await using var app = new TestApp();
        var jar = new CookieContainer();
        using var browser = await app.SignedInAsync(jar);
        var cookie = jar.GetAllCookies()["tokenfall"]!.Value;
        var format = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme).TicketDataFormat;

        var secret = Assert.Single(format.Unprotect(Uri.UnescapeDataString(cookie))!.Principal.Claims).Value;

        Assert.Equal(43, secret.Length);
        foreach (var file in app.DataFiles())
            Assert.Equal(-1, (await SharedFile.ReadAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>Whoever has planted a session's cookie in someone's browser must not share what is signed in there later.</summary>
    [Fact]
    public async Task SignIn_WithASession_EndsItAndStartsAnother()
    {
        await using var app = new TestApp();
        await app.AccountsAsync(accounts => accounts.CreateAsync(new IdentityUser("bob@example.com") { Email = "bob@example.com" }, "another password"));
        var jar = new CookieContainer();
        using var browser = await app.SignedInAsync(jar);
        using var planted = app.Replay(jar);

        (await browser.PostAsJsonAsync("/account/sign-in", new { email = "bob@example.com", password = "another password" })).EnsureSuccessStatusCode();

        Assert.Equal("bob@example.com", await UserAsync(browser));
        Assert.Null(await UserAsync(planted));
    }

    [Fact]
    public async Task Session_InUse_IsRenewedOnlyPastHalfOfItsTime()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = new TestApp { Setup = services => services.AddSingleton<TimeProvider>(time) };
        using var browser = await app.SignedInAsync();
        var first = await ExpiryAsync(app);

        Pass(time, 6);
        await UserAsync(browser);
        Assert.Equal(first, await ExpiryAsync(app));

        Pass(time, 2);
        await UserAsync(browser);
        Assert.Equal(TimeSpan.FromDays(8).TotalSeconds, await ExpiryAsync(app) - first);

        Pass(time, 13);
        Assert.Equal(TestApp.Email, await UserAsync(browser));
    }

    [Fact]
    public async Task Session_NotUsedForTwoWeeks_IsOver()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = new TestApp { Setup = services => services.AddSingleton<TimeProvider>(time) };
        var jar = new CookieContainer();
        using var first = await app.SignedInAsync(jar);
        using var late = app.Replay(jar);
        Pass(time, 14.1);
        Assert.Null(await UserAsync(late));

        // The next sign-in sweeps it.
        using var browser = await app.SignedInAsync();
        Assert.Equal(1L, await app.SqlAsync("SELECT count(*) FROM Sessions"));
    }

    // Without the timers: what watches the sessions would look a million times.
    private static void Pass(FakeTimeProvider time, double days) => time.AdjustTime(time.GetUtcNow() + TimeSpan.FromDays(days));

    private static async Task<string?> UserAsync(HttpClient client) => (await TestApp.SessionAsync(client)).GetProperty("user").GetString();

    private static async Task<long> ExpiryAsync(TestApp app) => (long)(await app.SqlAsync("SELECT max(ExpiresAt) FROM Sessions"))!;
}
