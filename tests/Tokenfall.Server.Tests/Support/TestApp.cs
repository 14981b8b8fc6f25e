using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Testing;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Tests.Support;

/// <summary>The server in this process, with an account, a data folder of its own, and quick password hashes.</summary>
internal sealed class TestApp : WebApplicationFactory<Program>
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery";

    private readonly ServerFolder _folder = new();

    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["environment"] = "Production",
        ["ANTHROPIC_API_KEY"] = "",
        ["TOKENFALL_AUTH"] = "",
        ["Tokenfall:Model"] = "demo",
        ["Tokenfall:FirstAccount:Email"] = Email,
        ["Tokenfall:FirstAccount:Password"] = Password,
        ["Tokenfall:SignInsPerMinute"] = "1000",
    };

    public Action<IServiceCollection> Setup { get; init; } = services =>
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);

    /// <summary>Everything that was logged.</summary>
    public FakeLogCollector Log { get; } = new();

    public string Data => _folder.Data;

    /// <summary>Everything that the server has written down; its locks are empty, and cannot be opened.</summary>
    public IEnumerable<string> DataFiles() => Directory.EnumerateFiles(Data).Where(file => !file.EndsWith("lock", StringComparison.Ordinal));

    /// <summary>A client without cookies' help: every header as the server sent it.</summary>
    public HttpClient Plain(string address = "http://localhost") =>
        CreateClient(new() { BaseAddress = new Uri(address), HandleCookies = false, AllowAutoRedirect = false });

    /// <summary>A browser: keeps cookies, and sends the session's antiforgery token.</summary>
    /// <param name="cookies">Where it keeps them; null if nobody needs to know.</param>
    public async Task<HttpClient> BrowserAsync(CookieContainer? cookies = null)
    {
        var client = CreateDefaultClient(new CookieContainerHandler(cookies ?? new()));
        await RefreshTokenAsync(client);
        return client;
    }

    /// <summary>A browser with someone signed in.</summary>
    public Task<HttpClient> SignedInAsync(string email = Email, string password = Password) => SignedInAsync(new(), email, password);

    /// <summary>A browser with someone signed in.</summary>
    public async Task<HttpClient> SignedInAsync(CookieContainer cookies, string email = Email, string password = Password)
    {
        var client = await BrowserAsync(cookies);
        (await client.PostAsJsonAsync("/account/sign-in", new { email, password })).EnsureSuccessStatusCode();
        await RefreshTokenAsync(client);
        return client;
    }

    /// <summary>Sends the cookies that a browser has now, whatever becomes of them there.</summary>
    public HttpClient Replay(CookieContainer cookies)
    {
        var client = Plain();
        client.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(client.BaseAddress!));
        return client;
    }

    public static async Task<JsonElement> SessionAsync(HttpClient client) =>
        await client.GetFromJsonAsync<JsonElement>("/account/session");

    public static async Task RefreshTokenAsync(HttpClient client)
    {
        var session = await SessionAsync(client);
        client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", session.GetProperty("csrfToken").GetString());
    }

    /// <summary>Does something with the accounts behind the server's back.</summary>
    public async Task<T> AccountsAsync<T>(Func<UserManager<IdentityUser>, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>());
    }

    /// <summary>Runs a command of the program, in a process of its own, on the data of this server.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> CommandAsync(string input, params string[] args)
    {
        var (code, output) = await _folder.RunAsync([], input, args);
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>Changes the database behind the server's back.</summary>
    /// <returns>The first value of the first row, if there is one.</returns>
    public async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "tokenfall.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written by the tests
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Tokenfall:Data", Data);
        foreach (var (key, value) in Settings) builder.UseSetting(key, value);
        builder.ConfigureServices(Setup);
        builder.ConfigureLogging(logging => logging.AddProvider(new FakeLoggerProvider(Log)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
