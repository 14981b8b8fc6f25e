namespace Tokenfall.AspNetCore.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Post_OverTheGlobalLimit_Is429AndNothingIsAsked()
    {
        await using var app = await TestApp.StartAsync(options => options.Limits.MaxRuns = 2);
        using var first = await app.Client.AskAsync("a");
        using var second = await app.Client.AskAsync("b");

        using var refused = await app.Client.AskAsync("c");

        await Refused.AssertAsync(refused, 429, "too_many_runs");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await app.Source.AskedAsync();
        await app.Source.AskedAsync();
        Assert.Equal((2, 2), (app.Source.Count, app.Runs.Count));
    }

    [Fact]
    public async Task Post_OverTheOwnersLimit_Is429AndOthersAreServed()
    {
        await using var app = await SignedIn.StartAsync(options => options.Limits.MaxRunsPerOwner = 2);
        using var first = await AskAsAsync(app, "ada");
        using var second = await AskAsAsync(app, "ada");

        using var refused = await AskAsAsync(app, "ada");
        using var other = await AskAsAsync(app, "eve");

        var words = await Refused.AssertAsync(refused, 429, "too_many_runs_of_owner");
        Assert.Contains("stop one", words, StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Post_AnonymousOverTheOwnersLimit_IsServed()
    {
        await using var app = await TestApp.StartAsync(options => options.Limits.MaxRunsPerOwner = 1);
        using var first = await app.Client.AskAsync("a");

        using var second = await app.Client.AskAsync("b");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task Post_RightAfterTheEndWasRead_IsServed()
    {
        // A reader that sees the end may ask again at once, every time.
        await using var app = await TestApp.StartAsync(options => options.Limits.MaxRuns = 1);
        app.Source.Answer = (_, run, _) =>
        {
            run.Text("a");
            run.Complete("end_turn");
            return Task.CompletedTask;
        };

        for (var i = 0; i < 100; i++)
        {
            using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
            Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
        }
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("fail")]
    [InlineData("leave")]
    public async Task Post_AfterARunEndedBadly_IsServed(string how)
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            options.Limits.MaxRuns = 1;
            options.Disconnect = DisconnectPolicy.Stop;
        });
        using var response = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        var run = app.RunAt(response.Headers.Location!.OriginalString);

        if (how == "stop") (await app.Client.DeleteAsync(response.Headers.Location)).Dispose();
        if (how == "fail") answer.Fail(new InvalidOperationException("A source broke."));
        if (how == "leave") response.Dispose();
        await run.Ended.Soon();

        using var next = await app.Client.AskAsync("again");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(1, app.Runs.Count);
    }

    [Fact]
    public async Task Read_AtTheLimit_IsServed()
    {
        await using var app = await TestApp.StartAsync(options => options.Limits.MaxRuns = 1);
        using var first = await app.Client.AskAsync("a");

        using var second = await app.Client.ReadAsync(first.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    private static Task<HttpResponseMessage> AskAsAsync(TestApp app, string user) => app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram(user));
}
