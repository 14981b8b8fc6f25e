namespace Tokenfall.Server.Tests.Features;

public class HealthTests
{
    private readonly TestClock _clock = new();

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
    public async Task Ready_WhileTheJournalCannotBeWritten_200SaysSo()
    {
        await using var app = new TestApp { Setup = services => services.AddSingleton<IRunJournal>(new FullJournal()) };
        using var client = app.Plain();
        await app.Services.GetRequiredService<RunManager>().StartAsync(new RunRequest(
            app.Services.GetRequiredService<IModelSource>(), new ModelRequest([new(Microsoft.Extensions.AI.ChatRole.User, "Hello")], new()), "ada"));
        await app.Log.SaidAsync("The journal cannot be written");

        using var ready = await client.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.StartsWith("Degraded\njournal: It cannot be written.", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenfall.db", "store: the database is missing")]
    [InlineData("keys", "store: the keys are damaged or missing")]
    [InlineData("keys/*", "store: the keys are damaged or missing")]
    [InlineData("", "store: the database is missing")]
    public async Task Ready_AfterPartOfTheDataFolderWasDeleted_503SaysWhatWhileAlive(string part, string expected)
    {
        await using var app = new TestApp { Setup = UseClock };
        using var client = app.Plain();
        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));

        var path = Path.Combine(app.Data, part);
        if (part.EndsWith('*')) Array.ForEach(Directory.GetFiles(Path.GetDirectoryName(path)!), File.Delete);
        else if (File.Exists(path)) File.Delete(path);
        else Directory.Delete(path, recursive: true);

        await AssertNotReadyAsync(client, expected);
    }

    [Fact]
    public async Task Ready_AfterTheDatabaseWasOverwritten_503SaysThatItIsDamaged()
    {
        await using var app = new TestApp { Setup = UseClock };
        using var client = app.Plain();
        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));

        foreach (var file in Directory.EnumerateFiles(app.Data, "tokenfall.db*"))
            await File.WriteAllBytesAsync(file, new byte[8192]);

        await AssertNotReadyAsync(client, "store: the database is damaged");
    }

    [Fact]
    public async Task Ready_AskedAgainWithinASecond_LooksOnce()
    {
        await using var app = new TestApp { Setup = UseClock };
        using var client = app.Plain();
        await client.GetStringAsync("/readyz");
        Directory.Delete(app.Data, recursive: true);

        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));
    }

    private async Task AssertNotReadyAsync(HttpClient client, string expected)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var ready = await client.GetAsync("/readyz");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\n" + expected), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
    }

    private void UseClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);
}
