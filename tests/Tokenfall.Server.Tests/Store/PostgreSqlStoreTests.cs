using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Store;
using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Server.Tests.Store;

/// <summary>The server with everything in PostgreSQL.</summary>
[Collection(SharedPostgreSql.Name)]
public sealed class PostgreSqlStoreTests(PostgreSqlServer server) : IAsyncLifetime, IDisposable
{
    private const string CertificatePassword = "a password";

    private readonly ServerFolder _folder = new();
    private readonly HeldSource _model = new();
    private string _database = "";

    public async Task InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Migrations_CoverTheWholeModel()
    {
        await using var app = NewApp();
        await using var scope = app.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<TokenfallDb>().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Servers_ThatStartAtOnce_BothServe()
    {
        await using var first = NewApp();
        await using var second = NewApp();
        second.Settings["Tokenfall:FirstAccount:Email"] = second.Settings["Tokenfall:FirstAccount:Password"] = "";

        var ready = await Task.WhenAll(((TestApp[])[first, second]).Select(app => Task.Run(() => app.Plain().GetStringAsync("/readyz"))));

        Assert.Equal(["Healthy", "Healthy"], ready);
    }

    [Fact]
    public async Task Server_NeedsNoFolder()
    {
        await using var app = NewApp();
        using var browser = await app.SignedInAsync();

        Assert.False(Directory.Exists(app.Data));
    }

    [Fact]
    public async Task SessionAndAnswer_OutliveARestart()
    {
        var cookies = new CookieContainer();
        Uri? answer;
        string text;
        await using (var app = NewApp())
        {
            using var browser = await app.SignedInAsync(cookies);
            using var response = await browser.PostAsJsonAsync("/ask/stream", new { prompt = "Hello" });
            (answer, text) = (response.Headers.Location, await response.Content.ReadAsStringAsync());
        }

        await using var next = NewApp();
        using var again = next.Replay(cookies);

        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(again)).GetProperty("user").GetString());
        Assert.Contains("event: done", text, StringComparison.Ordinal);
        Assert.Contains("event: done", await again.GetStringAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AccountThatIsDisabledElsewhere_LosesItsOpenAnswer_AndCannotSignIn()
    {
        await using var app = NewApp(services => services.AddSingleton<IModelSource>(_model));
        using var browser = await app.SignedInAsync();
        using var answer = await OpenAnswer.AskAsync(browser, _model);

        Assert.True((await app.AccountsAsync(async accounts =>
            await accounts.SetLockoutEndDateAsync((await accounts.FindByEmailAsync(TestApp.Email))!, ValidAccess.Disabled))).Succeeded);

        await answer.Stopped.Soon();
        Assert.True(await app.AccountsAsync(async accounts => (await accounts.FindByEmailAsync(TestApp.Email))!.IsDisabled()));
        await Assert.ThrowsAsync<HttpRequestException>(() => app.SignedInAsync());
    }

    [Fact]
    public async Task KeysAddedAtOnce_AreNotMoreThanTheLimit()
    {
        await using var app = NewApp();
        app.Settings["Tokenfall:MaxKeysPerAccount"] = "3";
        using var browser = await app.SignedInAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => browser.PostAsJsonAsync("/account/keys", new { name = $"key {number}" })));

        Assert.Equal(3, added.Count(response => response.IsSuccessStatusCode));
        Assert.Equal(3L, await SqlAsync("""SELECT count(*) FROM tokenfall."ApiKeys" """));
    }

    [Fact]
    public async Task SignIn_WithAnAddressThatPostgreSqlCannotHold_IsRefused()
    {
        await using var app = NewApp();
        using var browser = await app.BrowserAsync();

        using var response = await browser.PostAsJsonAsync("/account/sign-in", new { email = "ada\0@example.com", password = TestApp.Password });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Commands_WorkOnTheDatabase()
    {
        await using (var app = NewApp())
        {
            using var browser = await app.SignedInAsync();
            using var response = await browser.PostAsJsonAsync("/ask/stream", new { prompt = "Hello", conversation = RunId.New().ToString() });
            await response.Content.ReadAsStringAsync();
        }

        var (code, output) = await CommandAsync("account", "erase", TestApp.Email);

        Assert.Equal(0, code);
        Assert.Contains("1 conversation with 2 messages, 1 run with its log", output, StringComparison.Ordinal);
        Assert.Equal(0L, await SqlAsync("SELECT (SELECT count(*) FROM tokenfall.messages) + (SELECT count(*) FROM tokenfall.segments)"));
    }

    [Fact]
    public async Task Backup_OfPostgreSql_NamesItsOwnTool()
    {
        var (code, output) = await CommandAsync("backup", "copy");

        Assert.Equal(1, code);
        Assert.Contains("pg_dump", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_WithoutKeys_503SaysSo()
    {
        await using var app = NewApp();
        using var client = app.Plain();
        await SqlAsync("""DELETE FROM tokenfall."DataProtectionKeys" """);

        using var ready = await client.GetAsync("/readyz");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nstore: the keys are damaged or missing"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Keys_AreEncryptedByACertificate_WhereThereIsOne()
    {
        var cookies = new CookieContainer();
        await using (var app = NewApp())
        {
            app.Settings["Tokenfall:KeyCertificate"] = NewCertificate();
            app.Settings["Tokenfall:KeyCertificatePassword"] = CertificatePassword;
            using var browser = await app.SignedInAsync(cookies);
            Assert.DoesNotContain(app.Log.Problems(), record => record.Message.Contains("not encrypted", StringComparison.Ordinal));
        }
        Assert.Equal(0L, await SqlAsync("""SELECT count(*) FROM tokenfall."DataProtectionKeys" WHERE "Xml" NOT LIKE '%EncryptedData%'"""));

        await using var next = NewApp();
        next.Settings["Tokenfall:KeyCertificate"] = Path.Combine(_folder.Path, "keys.pfx");
        next.Settings["Tokenfall:KeyCertificatePassword"] = CertificatePassword;
        using var again = next.Replay(cookies);
        Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(again)).GetProperty("user").GetString());
    }

    [Fact]
    public async Task Keys_WithoutACertificate_AreWarnedAbout()
    {
        await using var app = NewApp();
        using var client = app.Plain();

        Assert.True(app.Log.Has(LogLevel.Warning, "Set Tokenfall:KeyCertificate"), app.Log.Text());
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=tokenfall;Username=tokenfall", "The database server 127.0.0.1:1 cannot be reached")]
    [InlineData("{server};Database=nowhere", "The database nowhere does not exist")]
    [InlineData("{server};Username=nobody", "refuses the user nobody")]
    [InlineData("Host=localhost;Databse=tokenfall", "ConnectionStrings:Tokenfall cannot be read")]
    public async Task Start_WithADatabaseThatCannotBeUsed_SaysInOneLineWhatToDo(string connection, string words) =>
        await AssertRefusedAsync(connection.Replace("{server}", _database, StringComparison.Ordinal), words);

    [Fact]
    public async Task Start_WithADatabaseThatALaterVersionHasTaken_SaysInOneLineWhatToDo()
    {
        await using (var app = NewApp()) using (app.Plain()) { }
        await SqlAsync("UPDATE tokenfall.schema_compatibility SET lowest = 1000");

        await AssertRefusedAsync(_database, "was upgraded by a later version of Tokenfall");
    }

    [Fact]
    public async Task Start_WithACertificateThatCannotBeRead_SaysInOneLineWhatToDo() =>
        await AssertRefusedAsync(_database, "The certificate of Tokenfall:KeyCertificate cannot be read", ("Tokenfall__KeyCertificate", "missing.pfx"));

    private TestApp NewApp(Action<IServiceCollection>? setup = null) => new()
    {
        Settings = { ["ConnectionStrings:Tokenfall"] = _database },
        Setup = services =>
        {
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
            setup?.Invoke(services);
        },
    };

    private Task<(int Code, string Output)> CommandAsync(params string[] arguments) =>
        _folder.RunAsync(new() { ["ConnectionStrings__Tokenfall"] = _database }, "", arguments);

    private async Task AssertRefusedAsync(string connection, string words, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["ConnectionStrings__Tokenfall"] = connection, ["Tokenfall__Model"] = "demo", ["ASPNETCORE_URLS"] = ServerFolder.AnyPort };
        foreach (var (name, value) in settings) all[name] = value;
        var (code, output) = await _folder.RunAsync(all, "");

        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private string NewCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=tokenfall", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var path = Path.Combine(_folder.Path, "keys.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, CertificatePassword));
        return path;
    }

    private async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_database};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // written by the tests
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
