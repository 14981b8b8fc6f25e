using Microsoft.Data.Sqlite;

namespace Tokenfall.Server.Tests.Features;

public class HealthTests
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Health_WithoutSignIn_AnswersPlainText(string path)
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Ready_WhileDraining_503AndNotLoggedAsAFailure()
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        await app.Services.GetRequiredService<RunManager>().DrainAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/readyz")).StatusCode);
        Assert.DoesNotContain("Error: Health check", app.Log.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_WithoutADatabase_503WhileAlive()
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        (await client.GetAsync("/readyz")).EnsureSuccessStatusCode();

        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(app.Data, "tokenfall.db*")) File.Delete(file);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
    }
}
