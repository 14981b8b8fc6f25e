namespace Tokenfall.AspNetCore.Tests;

/// <summary>How long a run waits for a reader, by what the reader promised and whether it said good-bye.</summary>
public sealed class GraceTests
{
    private const string ResumeHeader = "Tokenfall-Resume";
    private const string ReaderHeader = "Tokenfall-Reader";

    private readonly TestClock _time = new();

    [Theory]
    [InlineData(DisconnectPolicy.Grace, null, 10)]
    [InlineData(DisconnectPolicy.Grace, "1", 90)]
    [InlineData(DisconnectPolicy.Stop, null, 0)]
    [InlineData(DisconnectPolicy.Stop, "1", 90)]
    public async Task Post_ReaderVanishes_IsWaitedForAsItPromised(DisconnectPolicy policy, string? resume, int seconds)
    {
        await using var app = await StartAsync(policy);
        var (response, answer) = await AskAsync(app, resume);
        response.Dispose();
        await app.RequestEndedAsync();

        await ExpectAbandonedAfterAsync(seconds, answer);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Grace)]
    [InlineData(DisconnectPolicy.Stop)]
    public async Task Get_ReaderVanishes_IsWaitedForAsIfItHadPromised(DisconnectPolicy policy)
    {
        await using var app = await StartAsync(policy);
        var (response, answer) = await AskAsync(app);
        using var second = await app.Client.ReadAsync(Location(response));
        response.Dispose();
        await app.RequestEndedAsync();
        second.Dispose();
        await app.RequestEndedAsync();

        await ExpectAbandonedAfterAsync(90, answer);
    }

    [Fact]
    public async Task PostThatResumes_ReaderVanishes_IsWaitedForAsIfItHadPromised()
    {
        await using var app = await StartAsync(DisconnectPolicy.Stop);
        var (response, answer) = await AskAsync(app);
        using var stream = await EventStream.OfAsync(response);
        var start = await stream.FrameAsync();
        // As clients do that repeat their request after a cut.
        using var second = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Last-Event-ID", start!.Id));
        response.Dispose();
        await app.RequestEndedAsync();
        second.Dispose();
        await app.RequestEndedAsync();

        await ExpectAbandonedAfterAsync(90, answer);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Grace, 10)]
    [InlineData(DisconnectPolicy.Stop, 0)]
    public async Task GoodBye_OfAReaderThatHasLeft_ShortensTheWait(DisconnectPolicy policy, int seconds)
    {
        await using var app = await StartAsync(policy);
        var (response, answer) = await AskAsync(app, "1");
        response.Dispose();
        await app.RequestEndedAsync();

        using var goodBye = await SayGoodByeAsync(app, response);

        Assert.Equal(HttpStatusCode.NoContent, goodBye.StatusCode);
        await ExpectAbandonedAfterAsync(seconds, answer);
    }

    [Fact]
    public async Task GoodBye_OfAReaderThatIsConnected_ResetsItsResponse()
    {
        await using var app = await StartAsync(DisconnectPolicy.Stop);
        var (response, answer) = await AskAsync(app, "1");
        using var stream = await EventStream.OfAsync(response);
        await stream.FrameAsync();

        using var goodBye = await SayGoodByeAsync(app, response);

        await answer.Cancelled;
        Assert.Empty(await stream.ToCutAsync());
    }

    [Fact]
    public async Task Get_NamingItsEarlierConnection_TakesItsPlace()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);
        var (response, answer) = await AskAsync(app, "1");
        using var stream = await EventStream.OfAsync(response);
        var start = await stream.FrameAsync();

        // The server does not know yet that the first connection is dead.
        var request = new HttpRequestMessage(HttpMethod.Get, Location(response)).With("Last-Event-ID", start!.Id).With(ReaderHeader, ReaderOf(response));
        using var second = await app.Client.StartAsync(request);

        Assert.Empty(await stream.ToCutAsync());
        Assert.NotEqual(ReaderOf(response), ReaderOf(second));
        await app.RequestEndedAsync();
        second.Dispose();
        await app.RequestEndedAsync();
        using var goodBye = await SayGoodByeAsync(app, second);
        await ExpectAbandonedAfterAsync(10, answer);
    }

    [Fact]
    public async Task GoodBye_OfOneTab_LeavesTheOtherItsTime()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);
        var (lost, answer) = await AskAsync(app, "1");
        using var closed = await app.Client.ReadAsync(Location(lost));
        lost.Dispose();
        await app.RequestEndedAsync();
        closed.Dispose();
        await app.RequestEndedAsync();
        using var goodBye = await SayGoodByeAsync(app, closed);

        await ExpectAbandonedAfterAsync(90, answer);
    }

    [Theory]
    [InlineData(TestApp.Path + "/AAAAAAAAAAAAAAAAAAAAAA/readers/a")]
    [InlineData(TestApp.Path + "/nonsense/readers/a")]
    public async Task GoodBye_ToAnUnknownRun_Is404(string path)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.DeleteAsync(path);

        await Refused.AssertAsync(response, 404, "unknown_run");
    }

    [Theory]
    [InlineData("ada", 204)] // and no antiforgery token: it takes away no more than a lost connection does
    [InlineData("eve", 404)]
    [InlineData(null, 401)]
    public async Task GoodBye_IsAuthorizedLikeARead(string? caller, int status)
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");
        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", await browser.TokenAsync()));
        using var other = caller is null ? app.NewClient() : await app.BrowserAsync(caller);

        using var goodBye = await other.DeleteAsync($"{Location(response)}/readers/{ReaderOf(response)}");

        Assert.Equal(status, (int)goodBye.StatusCode);
    }

    [Fact]
    public async Task GoodBye_AfterTheEnd_IsAccepted()
    {
        await using var app = await StartAsync(DisconnectPolicy.Grace);
        var (response, answer) = await AskAsync(app, "1");
        using var stream = await EventStream.OfAsync(response);
        answer.Finish();
        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);

        using var goodBye = await SayGoodByeAsync(app, response);

        Assert.Equal(HttpStatusCode.NoContent, goodBye.StatusCode);
    }

    private Task<TestApp> StartAsync(DisconnectPolicy policy) => TestApp.StartAsync(options =>
    {
        AppOptions.LongUpstreamTimeouts(options);
        options.Disconnect = policy;
    }, _time);

    private static async Task<(HttpResponseMessage Response, ScriptedAnswer Answer)> AskAsync(TestApp app, string? resume = null)
    {
        var request = Calls.Post(new { prompt = "hi" });
        if (resume is not null) request.With(ResumeHeader, resume);
        return (await app.Client.StartAsync(request), await app.Source.AskedAsync());
    }

    private static Task<HttpResponseMessage> SayGoodByeAsync(TestApp app, HttpResponseMessage response) =>
        app.Client.DeleteAsync($"{Location(response)}/readers/{ReaderOf(response)}");

    private static string ReaderOf(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues(ReaderHeader));

    private static string Location(HttpResponseMessage response) => response.Headers.Location?.OriginalString ?? response.RequestMessage!.RequestUri!.AbsolutePath;

    private async Task ExpectAbandonedAfterAsync(int seconds, ScriptedAnswer answer)
    {
        if (seconds > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(answer.IsCancelled);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
        await answer.Cancelled;
    }
}
