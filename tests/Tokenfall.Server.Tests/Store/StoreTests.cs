using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Tests.Store;

public class StoreTests
{
    [Fact]
    public async Task Migrations_CoverTheWholeModel()
    {
        await using var app = new TestApp();
        await using var scope = app.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<TokenfallDb>().Database.HasPendingModelChanges());
    }

    /// <summary>Readers and the writer do not wait for each other then.</summary>
    [Fact]
    public async Task Database_IsInWalMode()
    {
        await using var app = new TestApp();
        await using var scope = app.Services.CreateAsyncScope();
        var modes = scope.ServiceProvider.GetRequiredService<TokenfallDb>().Database.SqlQuery<string>($"PRAGMA journal_mode");
        Assert.Equal(["wal"], await modes.ToListAsync());
    }

    [Fact]
    public void DataFolder_OpenToTheGroupAndOthers_IsClosed()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new ServerFolder();
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder.Data);
        File.SetUnixFileMode(folder.Data, Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        DataFolder.Open(folder.Data);
        Assert.Equal(Owner, File.GetUnixFileMode(folder.Data));
    }

    [Fact]
    public async Task Cookies_OutliveARestart()
    {
        using var folder = new ServerFolder();
        var cookies = "";
        for (var start = 0; start < 2; start++)
        {
            await using var app = new TestApp { Settings = { ["Tokenfall:Data"] = folder.Data } };
            using var client = app.Plain();
            if (start == 0)
            {
                cookies = await SignInCookiesAsync(app);
                continue;
            }
            client.DefaultRequestHeaders.Add("Cookie", cookies);
            Assert.Equal(TestApp.Email, (await TestApp.SessionAsync(client)).GetProperty("user").GetString());
        }
    }

    private static async Task<string> SignInCookiesAsync(TestApp app)
    {
        using var client = app.Plain();
        using var session = await client.GetAsync("/account/session");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { email = TestApp.Email, password = TestApp.Password }),
        };
        request.Headers.Add("Cookie", session.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var body = System.Text.Json.JsonDocument.Parse(await session.Content.ReadAsStringAsync());
        request.Headers.Add("X-CSRF-TOKEN", body.RootElement.GetProperty("csrfToken").GetString());
        using var response = await client.SendAsync(request);
        return response.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("tokenfall=", StringComparison.Ordinal)).Split(';')[0];
    }
}
