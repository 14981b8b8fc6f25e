using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Store;
using Tokenfall.Server.Tests.Support;

namespace Tokenfall.Server.Tests;

public class StoreTests
{
    [Fact]
    public async Task Migrations_CoverTheWholeModel()
    {
        await using var app = new TestApp();
        await using var scope = app.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<TokenfallDb>().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Cookies_OutliveARestart()
    {
        using var folder = new TempFolder();
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
