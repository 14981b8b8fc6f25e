using System.Net.Http.Headers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Tokenfall.Server.Accounts;

namespace Tokenfall.Server.Tests.Features;

/// <summary>Strangers at the sign-in: what they cost, and whom they keep out.</summary>
public class SignInLimitTests
{
    private static readonly object Right = new { email = TestApp.Email, password = TestApp.Password };
    private static readonly object Wrong = new { email = TestApp.Email, password = "wrong horse battery" };

    [Fact]
    public async Task SignIn_OfALockedAccount_PassesOnADeviceThatSignedInBefore()
    {
        await using var app = new TestApp();
        using var owner = await SignedOutAsync(app);
        using var stranger = await app.BrowserAsync();
        await LockAsync(stranger);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, Right));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(owner, Wrong));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(owner, Right));
    }

    [Fact]
    public async Task SignIn_OfALockedAccount_OnAKnownDevice_HasFiveTries()
    {
        await using var app = new TestApp();
        using var owner = await SignedOutAsync(app);
        await LockAsync(owner);

        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(owner, Wrong));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(owner, Right));
    }

    [Fact]
    public async Task SignIn_OfALockedAccount_OnADeviceOfAnother_IsRefused()
    {
        await using var app = new TestApp();
        await app.AccountsAsync(accounts => accounts.CreateAsync(new IdentityUser("eve@example.com") { Email = "eve@example.com" }, "quite another password"));
        using var eve = await app.SignedInAsync("eve@example.com", "quite another password");
        (await eve.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();
        await TestApp.RefreshTokenAsync(eve);
        await LockAsync(eve);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(eve, Right));
    }

    [Fact]
    public async Task SignIn_MoreOftenThanTheAddressMay_429WithTheTimeToWait()
    {
        await using var app = new TestApp { Settings = { ["Tokenfall:SignInsPerMinute"] = "3" } };
        using var client = await app.BrowserAsync();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, new { email = "eve@example.com", password = "x" }));

        using var refused = await client.PostAsJsonAsync("/account/sign-in", Right);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Wait a moment", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Otherwise a page of another site, open at one desk, could keep the whole office out.</summary>
    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_UsesUpNoTryOfItsAddress()
    {
        await using var app = new TestApp { Settings = { ["Tokenfall:SignInsPerMinute"] = "3" } };
        using var forged = app.Plain();
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(forged, Right));

        using var client = await app.BrowserAsync();
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, Right));
    }

    [Fact]
    public async Task SignIn_OnAKnownDevice_PassesAFloodFromItsAddress()
    {
        await using var app = new TestApp { Settings = { ["Tokenfall:SignInsPerMinute"] = "3" } };
        using var owner = await SignedOutAsync(app);
        using var stranger = await app.BrowserAsync();
        while (await StatusAsync(stranger, new { email = "eve@example.com", password = "x" }) != HttpStatusCode.TooManyRequests)
        {
        }

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(owner, Right));
    }

    [Fact]
    public async Task SignIn_OnAKnownDevice_MoreOftenThanAnAddressMay_429()
    {
        await using var app = new TestApp { Settings = { ["Tokenfall:SignInsPerMinute"] = "3" } };
        using var owner = await SignedOutAsync(app);

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(owner, new { email = "eve@example.com", password = "x" }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(owner, Right));
    }

    [Fact]
    public async Task SignIn_OnAKnownDevice_WhileStrangersHaveAllPlaces_Passes()
    {
        await using var app = new TestApp();
        using var owner = await SignedOutAsync(app);
        TakeAllPlaces(app);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(owner, Right));
    }

    [Fact]
    public async Task SignIn_WhileAllPlacesAreTaken_429WithTheTimeToWait()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        TakeAllPlaces(app);

        using var refused = await client.PostAsJsonAsync("/account/sign-in", Right);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    // As on a full disk: otherwise nothing would be locked, and a 500 would tell a wrong password from the right one.
    [Theory]
    [InlineData(TestApp.Password)]
    [InlineData("wrong horse battery")]
    public async Task SignIn_WhileNothingCanBeWritten_LooksLikeAnyFailure(string password)
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        ForbidWriting(app);
        app.Log.Clear();

        using var refused = await client.PostAsJsonAsync("/account/sign-in", new { email = TestApp.Email, password });

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("is wrong", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(from record in app.Log.GetSnapshot() where record.Level > LogLevel.Debug select record.Message);
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/sign-out")]
    [InlineData("/account/keys")]
    [InlineData("/account/session")]
    [InlineData("/no-such-page")]
    public async Task Body_OfSomebodyWhoIsNotSignedIn_IsNotRead(string path)
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        using var body = new EndlessForm();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Waiting.Limit);

        Assert.InRange((int)response.StatusCode, 400, 499);
    }

    [Fact]
    public async Task Start_MoreOftenThanTheAccountMay_429()
    {
        await using var app = new TestApp { Settings = { ["Tokenfall:StartsPerMinute"] = "2" } };
        using var client = await app.SignedInAsync();
        for (var i = 0; i < 2; i++) (await client.PostAsJsonAsync("/ask/stream", new { prompt = "Hi" })).EnsureSuccessStatusCode();

        using var refused = await client.PostAsJsonAsync("/ask/stream", new { prompt = "Hi" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    /// <summary>A browser from which the account's owner has signed in before.</summary>
    private static async Task<HttpClient> SignedOutAsync(TestApp app)
    {
        var owner = await app.SignedInAsync();
        (await owner.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();
        await TestApp.RefreshTokenAsync(owner);
        return owner;
    }

    private static void TakeAllPlaces(TestApp app)
    {
        var threads = app.Services.GetRequiredService<HashingThreads>();
        while (threads.TryEnter() is not null)
        {
        }
    }

    private static async Task LockAsync(HttpClient client)
    {
        for (var i = 0; i < 5; i++) await StatusAsync(client, Wrong);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/account/sign-in", body);
        return response.StatusCode;
    }

    private static void ForbidWriting(TestApp app)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(app.Data, "tokenfall.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TRIGGER full BEFORE UPDATE ON AspNetUsers BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
        command.ExecuteNonQuery();
    }

    /// <summary>A form whose end never comes.</summary>
    private sealed class EndlessForm : HttpContent
    {
        public EndlessForm() => Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n"u8.ToArray());
            await stream.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
