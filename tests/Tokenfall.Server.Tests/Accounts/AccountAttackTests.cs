using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Tests.Accounts;

/// <summary>Somebody uses what belongs to another account, another server or another place; and everything at once.</summary>
public class AccountAttackTests
{
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task Session_WithTheAntiforgeryTokenOfAnotherAccount_ChangesNothing()
    {
        await using var app = await WithBobAsync();
        var (ofAda, ofBob) = (new CookieContainer(), new CookieContainer());
        using var ada = await app.SignedInAsync(ofAda);
        using var bob = await app.SignedInAsync(ofBob, Bob, "another password");
        var (session, pair) = (Cookie(ofAda, "tokenfall"), Cookie(ofBob, "tokenfall.csrf"));
        using var mixed = app.Plain();
        mixed.DefaultRequestHeaders.Add("Cookie", $"{session}; {pair}");
        mixed.DefaultRequestHeaders.Add("X-CSRF-TOKEN", bob.DefaultRequestHeaders.GetValues("X-CSRF-TOKEN"));
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(mixed)).GetProperty("user").GetString());

        using var response = await mixed.PostAsJsonAsync("/account/keys", new { name = "stolen" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0L, await app.SqlAsync("SELECT count(*) FROM ApiKeys"));
    }

    [Fact]
    public async Task Cookies_OfAServerWithOtherKeys_AreNobodys()
    {
        await using var one = new TestApp();
        await using var other = new TestApp();
        var cookies = new CookieContainer();
        using var ada = await one.SignedInAsync(cookies);
        using var replay = other.Replay(cookies);

        Assert.Null((await TestApp.SessionAsync(replay)).GetProperty("user").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await replay.GetAsync("/account/keys")).StatusCode);
    }

    [Fact]
    public async Task SignOut_ManyTimesAtOnce_EndsTheSession()
    {
        await using var app = new TestApp();
        var cookies = new CookieContainer();
        using var browser = await app.SignedInAsync(cookies);
        using var replay = app.Replay(cookies);
        replay.DefaultRequestHeaders.Add("X-CSRF-TOKEN", browser.DefaultRequestHeaders.GetValues("X-CSRF-TOKEN"));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var response = i % 2 == 0 ? await replay.PostAsync("/account/sign-out", null) : await replay.GetAsync("/account/keys");
            return (int)response.StatusCode;
        }));

        Assert.All(statuses, status => Assert.InRange(status, 200, 401));
        Assert.Null((await TestApp.SessionAsync(replay)).GetProperty("user").GetString());
        Assert.Equal(0L, await app.SqlAsync("SELECT count(*) FROM Sessions"));
    }

    [Fact]
    public async Task Tries_UnderManySpellings_CountForOneAccount()
    {
        await using var app = new TestApp();
        using var stranger = await app.BrowserAsync();
        foreach (var email in new[] { "ada@example.com", "ADA@EXAMPLE.COM", "Ada@Example.Com", "aDa@example.com", "adA@eXample.com" })
            Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(stranger, email, "wrong horse battery"));

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(stranger, TestApp.Email, TestApp.Password));
    }

    [Theory]
    [InlineData("ada@example.com ")]
    [InlineData("ada@example.com\0")]
    [InlineData("ada\u200B@example.com")]
    [InlineData("\u0430da@example.com")]
    [InlineData("ada%40example.com")]
    [InlineData("ada@example.com' OR '1'='1")]
    public async Task SignIn_UnderANameThatOnlyLooksTheSame_IsRefused(string email)
    {
        await using var app = new TestApp();
        using var stranger = await app.BrowserAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(stranger, email, TestApp.Password));
    }

    [Fact]
    public async Task Key_AnywhereButInTheAuthorizationHeader_IsNotRead()
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        var (_, key) = await browser.AddKeyAsync();
        (string Name, string Value)[] headers =
        [
            ("X-Api-Key", key), ("Proxy-Authorization", $"Bearer {key}"), ("Cookie", $"Authorization=Bearer {key}; tokenfall={key}"), ("Authorization", key),
            ("Authorization", $"Basic {key}"), ("Authorization", $"Bearer{key}"), ("Authorization", $"Bearer x, Bearer {key}"), ("Authorization", $"Token Bearer {key}"),
        ];

        foreach (var (name, value) in headers)
        {
            using var program = app.Plain();
            program.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            using var response = await program.GetAsync($"/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA?access_token={key}");
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{name}: {value} is {response.StatusCode}");
        }
    }

    /// <summary>Otherwise everybody would have as many tries as there are addresses.</summary>
    [Theory]
    [InlineData("203.0.113.9", "X-Forwarded-For")]
    [InlineData("203.0.113.9", "Forwarded")]
    [InlineData("203.0.113.9", "X-Real-IP")]
    [InlineData("127.0.0.1", "Forwarded")]
    public async Task Address_ThatACallerMakesUp_IsNotCounted(string from, string header)
    {
        await using var app = new TestApp
        {
            Settings = { ["Tokenfall:SignInsPerMinute"] = "3" },
            Setup = services => services.AddConnection(connection => connection.RemoteIpAddress = IPAddress.Parse(from)),
        };
        using var client = await app.BrowserAsync();
        HttpStatusCode last = default;
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in") { Content = JsonContent.Create(new { email = "x", password = "x" }) };
            request.Headers.TryAddWithoutValidation(header, header == "Forwarded" ? $"for=198.51.100.{i}" : $"198.51.100.{i}");
            using var response = await client.SendAsync(request);
            last = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    private static async Task<TestApp> WithBobAsync()
    {
        var app = new TestApp();
        await app.AccountsAsync(accounts => accounts.CreateAsync(new IdentityUser(Bob) { Email = Bob }, "another password"));
        return app;
    }

    private static string Cookie(CookieContainer cookies, string name) => $"{name}={cookies.GetAllCookies()[name]!.Value}";

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, string email, string password)
    {
        using var response = await client.PostAsJsonAsync("/account/sign-in", new { email, password });
        return response.StatusCode;
    }
}
