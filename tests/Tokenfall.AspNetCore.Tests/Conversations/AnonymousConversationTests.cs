namespace Tokenfall.AspNetCore.Tests;

/// <summary>Conversations of callers who have not signed in.</summary>
public sealed class AnonymousConversationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task WithoutTheSetting_ThereAreNone()
    {
        await using var app = await StartAsync(allowed: false);

        await Refused.AssertAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "x", conversation = RunId.New().ToString() })), 401, "not_signed_in");
        await Refused.AssertAsync(await app.Client.GetAsync("/conversations"), 401, "not_signed_in");
        Assert.Equal(0, app.Source.Count);
    }

    [Fact]
    public async Task WithTheSetting_TheyAreShared()
    {
        await using var app = await StartAsync(allowed: true);

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "x", conversation = RunId.New().ToString() }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"title\":\"x\"", await app.Client.GetStringAsync("/conversations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAStore_AConversationIsRefusedInWords()
    {
        await using var app = await TestApp.StartAsync();

        var words = await Refused.AssertAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "x", conversation = RunId.New().ToString() })), 400, "bad_conversation");

        Assert.Contains("AddSqlite", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapTokenfallConversations_WithoutAStore_SaysWhatToCall()
    {
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(_ => { }, app => app.MapTokenfallConversations()));

        Assert.Contains("AddSqlite(path)", missing.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<TestApp> StartAsync(bool allowed) => TestApp.StartAsync(
        builder => builder.Services.AddTokenfall(configureHttp: http => http.AnonymousConversations = allowed).AddSqlite(Path.Combine(_folder, "journal.db")),
        app =>
        {
            app.MapTokenfall(TestApp.Path);
            app.MapTokenfallConversations();
        });
}
