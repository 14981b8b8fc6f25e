using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Server.Tests.Features;

/// <summary>Many sign-ins to one account at once.</summary>
public class ParallelSignInTests
{
    private static readonly object Right = new { email = TestApp.Email, password = TestApp.Password };
    private static readonly object Wrong = new { email = TestApp.Email, password = "wrong horse battery" };

    [Fact]
    public async Task SignIn_ThirtyWrongTriesAtOnce_FiveAreChecked()
    {
        // So many that they do run at once.
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(40, ports);
        var hasher = new CountingHasher { OnAccountCheck = () => Thread.Yield() };
        await using var app = new TestApp { Setup = services => services.AddSingleton<IPasswordHasher<IdentityUser>>(hasher) };
        using var client = await app.BrowserAsync();
        Assert.All(await PostAsync(client, Wrong, 30), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(5, hasher.AccountChecks);
        Assert.Equal([HttpStatusCode.Unauthorized], await PostAsync(client, Right, 1));
    }

    [Fact]
    public async Task SignIn_RightPasswordsAtOnceAfterAWrongOne_AreAllTaken()
    {
        await using var app = new TestApp();
        using var client = await app.BrowserAsync();
        await PostAsync(client, Wrong, 1);
        Assert.All(await PostAsync(client, Right, 30), status => Assert.Equal(HttpStatusCode.NoContent, status));
    }

    [Theory]
    [InlineData(TestApp.Password, HttpStatusCode.NoContent, 0)]
    [InlineData("wrong horse battery", HttpStatusCode.Unauthorized, 2)]
    public async Task SignIn_WhileTheConsoleChangesTheAccount_IsJudgedAndCounted(string password, HttpStatusCode status, int failures)
    {
        var changes = 0;
        TestApp? running = null;
        var hasher = new CountingHasher
        {
            // During the second check only; the first one leaves a failure to count from.
            OnAccountCheck = () =>
            {
                if (Interlocked.Increment(ref changes) == 2) ChangeStamp(running!);
            },
        };
        await using var app = running = new TestApp { Setup = services => services.AddSingleton<IPasswordHasher<IdentityUser>>(hasher) };
        using var client = await app.BrowserAsync();
        await PostAsync(client, Wrong, 1);
        Assert.Equal([status], await PostAsync(client, new { email = TestApp.Email, password }, 1));
        Assert.Equal(failures, await app.AccountsAsync(async accounts => (await accounts.FindByEmailAsync(TestApp.Email))!.AccessFailedCount));
    }

    [Fact]
    public async Task SignIn_WhileThePasswordIsChanged_IsRefused()
    {
        TestApp? running = null;
        var hasher = new CountingHasher { OnAccountCheck = () => Change(running!, "PasswordHash = 'another'") };
        await using var app = running = new TestApp { Setup = services => services.AddSingleton<IPasswordHasher<IdentityUser>>(hasher) };
        using var client = await app.BrowserAsync();

        Assert.Equal([HttpStatusCode.Unauthorized], await PostAsync(client, Right, 1));
    }

    private static async Task<HttpStatusCode[]> PostAsync(HttpClient client, object body, int times)
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => client.PostAsJsonAsync("/account/sign-in", body)));
        return [.. responses.Select(response => response.StatusCode)];
    }

    private static void ChangeStamp(TestApp app) => Change(app, "PasswordHash = PasswordHash");

    private static void Change(TestApp app, string what)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(app.Data, "tokenfall.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE AspNetUsers SET ConcurrencyStamp = 'changed', {what}";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
