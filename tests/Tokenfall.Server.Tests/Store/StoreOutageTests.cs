using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Tests.Store;

/// <summary>While the store cannot be used, callers are asked to come back, and nobody fills the log.</summary>
public class StoreOutageTests
{
    [Theory]
    [InlineData("GET", "/account/keys")]
    [InlineData("GET", "/account/session")]
    [InlineData("GET", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA")]
    [InlineData("POST", "/ask/stream")]
    public async Task Request_OfSomebodySignedIn_503WithACodeAndTheTimeToWait(string method, string path)
    {
        await using var app = new TestApp();
        using var browser = await app.SignedInAsync();
        await DamageAsync(app);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("store_unavailable", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Requests_OfAnybody_WriteNoLogLine()
    {
        await using var app = new TestApp();
        using var person = await app.BrowserAsync();
        using var program = app.Program("tfk_made-up");
        await DamageAsync(app);
        app.Log.Clear();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await program.GetAsync("/account/session")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await person.PostAsJsonAsync("/account/sign-in", new { email = TestApp.Email, password = TestApp.Password })).StatusCode);

        // The watcher of the sessions and the check of the store say so by themselves, once.
        Assert.Empty(from record in app.Log.GetSnapshot()
                     where record.Level > LogLevel.Debug && !record.Message.StartsWith("The store cannot be read", StringComparison.Ordinal)
                     select $"{record.Category}: {record.Message}");
    }

    [Theory]
    [InlineData(1, false)] // a statement that is wrong
    [InlineData(5, true)] // locked
    [InlineData(10, true)] // the disk
    [InlineData(11, true)] // damaged
    [InlineData(13, true)] // full
    [InlineData(14, true)] // gone
    [InlineData(19, false)] // a constraint
    [InlineData(26, true)] // not a database
    public void Outage_IsTheDatabasesNotTheStatements(int code, bool expected)
    {
        var failure = new SqliteException("no", code);
        Assert.Equal(expected, StoreOutage.IsCauseOf(failure));
        Assert.Equal(expected, StoreOutage.IsCauseOf(new DbUpdateException("no", failure)));
    }

    private static async Task DamageAsync(TestApp app)
    {
        await app.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(app.Data, "tokenfall.db*")) await File.WriteAllBytesAsync(file, new byte[8192]);
    }
}
