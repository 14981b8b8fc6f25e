using System.Text;
using Microsoft.AspNetCore.Identity;
using Tokenfall.Tests.Fuzzing;

namespace Tokenfall.Server.Tests.Fuzzing;

/// <summary>Whatever somebody sends who is not signed in: it is no failure of the server's, and writes no line into its log.</summary>
public sealed class AccountFuzzTests
{
    [Fact]
    public async Task Request_OfAStranger_IsRefusedQuietly()
    {
        await using var app = new TestApp { Setup = services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1) };
        app.Settings["Tokenfall:SignInsPerMinute"] = "1000000000";
        var cookies = new CookieContainer();
        using var browser = await app.BrowserAsync(cookies);
        var cookie = cookies.GetCookieHeader(new Uri("http://localhost"));
        var token = browser.DefaultRequestHeaders.GetValues("X-CSRF-TOKEN").Single();
        app.Log.Clear();

        await Fuzz.RunAsync(Fuzz.Corpus("accounts"), async (input, _) =>
        {
            var text = Encoding.Latin1.GetString(input).Replace("{cookie}", cookie, StringComparison.Ordinal).Replace("{token}", token, StringComparison.Ordinal);
            var request = new RawRequest(Encoding.Latin1.GetBytes(text));

            var answer = await app.Server.SendAsync(context =>
            {
                request.ApplyTo(context);
                // Through a proxy that hands on whatever it gets.
                context.Connection.RemoteIpAddress = IPAddress.Loopback;
            });

            await answer.Response.Body.CopyToAsync(Stream.Null);
            Assert.InRange(answer.Response.StatusCode, 200, 499);
        });

        Assert.Empty(from record in app.Log.GetSnapshot() where record.Level > LogLevel.Debug select $"{record.Category}: {record.Message}");
    }
}
