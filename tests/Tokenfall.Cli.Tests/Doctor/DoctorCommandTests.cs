using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tokenfall.Cli.Tests.Terminal;

namespace Tokenfall.Cli.Tests.Doctor;

public sealed class DoctorCommandTests
{
    [Fact]
    public async Task Doctor_NothingListens_SaysSoAndExitsWithThree()
    {
        var cli = await CommandRun.RunAsync("doctor", "http://127.0.0.1:1", "--json");

        Assert.Equal(3, cli.ExitCode);
        Assert.Equal("unreachable", Error(cli).GetProperty("code").GetString());
        Assert.Contains("Nothing answers at http://127.0.0.1:1/ask/stream", cli.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("doctor", "example.org")]
    [InlineData("doctor", "http://127.0.0.1:1", "--via", "ftp://127.0.0.1")]
    [InlineData("doctor", "http://127.0.0.1:1", "--header", "no colon")]
    [InlineData("doctor", "http://127.0.0.1:1", "--watch", "1")]
    [InlineData("doctor", "http://127.0.0.1:1", "--watch", "1e300")]
    [InlineData("doctor", "http://127.0.0.1:1", "--report", "/nowhere/at/all.html")]
    [InlineData("doctor", "http://ada:secret@127.0.0.1:1")]
    [InlineData("doctor", "http://127.0.0.1:1/ask/stream?x=1")]
    public async Task Doctor_ArgumentsThatMakeNoSense_ExitsWithTwo(params string[] args) => Assert.Equal(2, (await CommandRun.RunAsync(args)).ExitCode);

    [Theory]
    [InlineData(401, "sign_in", "--key")]
    [InlineData(404, "no_probe", "Tokenfall endpoint")]
    [InlineData(429, "busy", "MaxConcurrent")]
    public async Task Doctor_ApplicationRefuses_SaysWhatToDo(int status, string code, string says)
    {
        await using var app = await StartAsync(http => TypedResults.Problem(statusCode: status).ExecuteAsync(http));

        var cli = await CommandRun.RunAsync("doctor", app.Urls.Single(), "--json");

        Assert.Equal(1, cli.ExitCode);
        Assert.Equal(code, Error(cli).GetProperty("code").GetString());
        Assert.Contains(says, Error(cli).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_KeyThatTheApplicationDoesNotKnow_SaysSo()
    {
        await using var app = await StartAsync(http =>
        {
            http.Response.StatusCode = 401;
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Task.CompletedTask;
        });

        var cli = await CommandRun.RunAsync("doctor", app.Urls.Single(), "--key", "wrong", "--json");

        Assert.Equal((1, "bad_key"), (cli.ExitCode, Error(cli).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Doctor_HeaderBeyondAscii_ArrivesAsItWasGiven()
    {
        string? arrived = null;
        await using var app = await StartAsync(http =>
        {
            arrived = http.Request.Headers["X-Tenant"];
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        await CommandRun.RunAsync("doctor", app.Urls.Single(), "--header", "X-Tenant: Zoë");

        Assert.Equal("Zoë", arrived);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Doctor_NotTheAddressOfAnEndpoint_SaysWhatItMustBe(int status)
    {
        await using var app = await StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("Here is nothing.");
        });

        var cli = await CommandRun.RunAsync("doctor", $"{app.Urls.Single()}/elsewhere", "--json");

        Assert.Equal("no_probe", Error(cli).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Doctor_NoTlsAtTheAddress_DoesNotBlameTheCertificate()
    {
        await using var app = await StartAsync(http => http.Response.WriteAsync("plain"));

        var cli = await CommandRun.RunAsync("doctor", app.Urls.Single().Replace("http:", "https:", StringComparison.Ordinal), "--json");

        Assert.Equal(3, cli.ExitCode);
        Assert.Contains("http://", Error(cli).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--insecure", Error(cli).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_APageInsteadOfAStream_IsNamedInTextAndInTheReport()
    {
        await using var app = await StartAsync(http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<h1>Who are <you>?</h1>");
        });
        var report = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");
        try
        {
            var cli = await CommandRun.RunAsync("doctor", app.Urls.Single(), "--report", report);

            Assert.Equal(1, cli.ExitCode);
            Assert.Contains("login-page", cli.Output, StringComparison.Ordinal);
            var page = await File.ReadAllTextAsync(report);
            Assert.Contains("login-page", page, StringComparison.Ordinal);
            Assert.Contains("Who are &lt;you&gt;?", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<you>", page, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static JsonElement Error(CommandRun cli) => JsonDocument.Parse(cli.Output).RootElement.GetProperty("error");

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
