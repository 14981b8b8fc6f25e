using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Tokenfall.AspNetCore.Tests;

public sealed class HostileMiddlewareTests
{
    [Fact]
    public async Task Stream_PiecesArriveAsTheyAreSaid_Uncompressed()
    {
        await using var app = await HostileApp.StartAsync();
        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }, HostileApp.Path).With("Accept-Encoding", "br, gzip"));
        using var stream = await EventStream.OfAsync(response);
        var answer = await app.Source.AskedAsync();
        await stream.FrameAsync();

        // Each piece is said only when the one before has arrived.
        foreach (var piece in (string[])["one ", "two ", "three"])
        {
            answer.Say(piece);
            Assert.Equal(piece, (await stream.FrameAsync())!.Text);
        }
        answer.Finish();

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task SecondReader_WhileTheFirstHoldsThePermit_ReadsLive()
    {
        await using var app = await HostileApp.StartAsync();
        using var response = await app.Client.AskAsync("hi", HostileApp.Path);
        var answer = await app.Source.AskedAsync();
        await answer.SaidAsync("Hel");

        using var second = await EventStream.OfAsync(await app.Client.ReadAsync(response.Headers.Location!.OriginalString));
        await second.FrameAsync();
        Assert.Equal("Hel", (await second.FrameAsync())!.Text);
        answer.Say("lo");

        Assert.Equal("lo", (await second.FrameAsync())!.Text);
    }

    [Fact]
    public async Task Resume_AfterTheAnswerWasReadWhole_HasOnlyTheRest()
    {
        await using var app = await HostileApp.StartAsync();
        using var response = await app.Client.AskAsync("hi", HostileApp.Path);
        var answer = await app.Source.AskedAsync();
        answer.Say("Hel");
        answer.Do(writer => writer.EndPart());
        answer.Say("lo");
        answer.Finish();
        var location = response.Headers.Location!.OriginalString;
        using var whole = await EventStream.OfAsync(await app.Client.ReadAsync(location));
        var frames = await whole.ToEndAsync();

        using var resumed = await app.Client.ReadAsync(location, frames[1].Id);
        using var rest = await EventStream.OfAsync(resumed);

        Assert.Equal(frames.Skip(2), await rest.ToEndAsync());
        Assert.Null(resumed.Headers.Age);
    }

    [Fact]
    public async Task ResumeByPost_WhileTheFirstHoldsThePermit_ReadsOn()
    {
        await using var app = await HostileApp.StartAsync();
        using var response = await app.Client.AskAsync("hi", HostileApp.Path);
        using var stream = await EventStream.OfAsync(response);
        var start = (await stream.FrameAsync())!;
        await app.Source.AskedAsync();

        using var resumed = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }, HostileApp.Path).With("Last-Event-ID", start.Id));

        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public async Task Stop_WhileTheFirstHoldsThePermit_Stops()
    {
        await using var app = await HostileApp.StartAsync();
        using var response = await app.Client.AskAsync("hi", HostileApp.Path);
        using var stream = await EventStream.OfAsync(response);

        using var stop = await app.Client.DeleteAsync(response.Headers.Location);

        Assert.Equal(HttpStatusCode.Accepted, stop.StatusCode);
        Assert.Equal("stopped", (await stream.ToEndAsync())[^1].Json.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task SecondStart_WhileTheFirstHoldsThePermit_IsRefused()
    {
        await using var app = await HostileApp.StartAsync();
        using var first = await app.Client.AskAsync("hi", HostileApp.Path);
        await app.Source.AskedAsync();

        using var second = await app.Client.AskAsync("hi", HostileApp.Path);

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(1, app.Source.Count);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "start")]
    public async Task RateLimitAllCalls_ReadingStoppingAndResuming_AreLimited(string method, string lastEvent)
    {
        await using var app = await HostileApp.StartAsync(endpoints => endpoints.RateLimitAllCalls());
        using var response = await app.Client.AskAsync("hi", HostileApp.Path);
        using var stream = await EventStream.OfAsync(response);
        var start = (await stream.FrameAsync())!;
        var request = new HttpRequestMessage(new HttpMethod(method), method == "POST" ? HostileApp.Path : response.Headers.Location!.OriginalString);

        using var limited = await app.Client.StartAsync(lastEvent.Length > 0 ? request.With("Last-Event-ID", start.Id) : request);

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/app/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA", 404, "unknown_run")]
    [InlineData("DELETE", "/app/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA", 404, "unknown_run")]
    [InlineData("POST", "/app/ask/stream", 415, "unsupported_content_type")]
    public async Task Refusal_IsOurProblemAndStoredByNobody(string method, string path, int status, string code)
    {
        await using var app = await HostileApp.StartAsync();

        using var refused = await app.Client.StartAsync(new HttpRequestMessage(new HttpMethod(method), path).With("Accept", "text/event-stream"));

        await Refused.AssertAsync(refused, status, code);
        Assert.True(refused.Headers.CacheControl?.NoStore);
    }

    // The culture's own signs would be no number to any client.
    [Fact]
    public async Task Numbers_UnderACultureWithSignsOfItsOwn_AreThoseOfTheWire()
    {
        // Tokenfall's own refusal is wanted: the rate limiter may still hold the first call's permit when its answer has come.
        await using var app = await HostileApp.StartAsync(endpoints => endpoints.DisableRateLimiting(), options => options.Limits.MaxRuns = 1);
        var detached = Calls.Post(new { prompt = "hi" }, HostileApp.Path).With("Prefer", "respond-async");
        using var first = await app.Client.StartAsync(detached);
        var answer = await app.Source.AskedAsync();

        using var refused = await app.Client.AskAsync("hi", HostileApp.Path);

        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        answer.Say("Hello");
        answer.Finish(inputTokens: 12345);
        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(first.Headers.Location!.OriginalString));
        Assert.Equal(12345, (await stream.ToEndAsync())[^1].Json.GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task HttpLog_OfBodies_HasNeitherPromptsNorAnswers()
    {
        await using var app = await HostileApp.StartAsync();
        using var response = await app.Client.AskAsync("my secret question", HostileApp.Path);
        using var stream = await EventStream.OfAsync(response);
        var answer = await app.Source.AskedAsync();
        answer.Say("my secret answer");
        answer.Finish();
        await stream.ToEndAsync();
        await app.RequestEndedAsync();

        Assert.Contains(app.Logs.GetSnapshot(), record => record.Category!.Contains("HttpLogging", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Message.Contains("my secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CompressedPrompt_IsRead()
    {
        await using var app = await HostileApp.StartAsync();

        using var response = await app.Client.StartAsync(Compressed(Gzip("""{"prompt":"wörld"}""")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wörld", (await app.Source.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task CompressedPrompt_ThatIsNot_Is400()
    {
        await using var app = await HostileApp.StartAsync();

        using var response = await app.Client.StartAsync(Compressed("not gzip"u8.ToArray()));

        await Refused.AssertAsync(response, 400, "broken_body");
    }

    [Fact]
    public async Task CompressedPrompt_LargerThanItSeems_Is413()
    {
        await using var app = await HostileApp.StartAsync();

        using var response = await app.Client.StartAsync(Compressed(Gzip($$"""{"prompt":"{{new string('a', 4 * 1024 * 1024)}}"}""")));

        await Refused.AssertAsync(response, 413, "body_too_large");
    }

    [Fact]
    public async Task TrustedOrigin_WithACorsPolicy_MayCall()
    {
        await using var app = await HostileApp.StartAsync();

        using var response = await app.Client.StartAsync(
            Calls.Post(new { prompt = "hi" }, HostileApp.Path).With("Origin", HostileApp.Origin).With("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HostileApp.Origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("POST", "/app/ask/stream")]
    [InlineData("DELETE", "/app/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA")]
    public async Task Preflight_OfATrustedOrigin_IsAllowed(string method, string path)
    {
        await using var app = await HostileApp.StartAsync();

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Options, path)
            .With("Origin", HostileApp.Origin).With("Access-Control-Request-Method", method).With("Access-Control-Request-Headers", "content-type, last-event-id"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private static HttpRequestMessage Compressed(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return new HttpRequestMessage(HttpMethod.Post, HostileApp.Path) { Content = content };
    }
}
