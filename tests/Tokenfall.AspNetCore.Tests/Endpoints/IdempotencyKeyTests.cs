using System.Net.Http.Json;

namespace Tokenfall.AspNetCore.Tests;

public sealed class IdempotencyKeyTests
{
    private const string Key = "3c9a8f0e-7a55-4b0e-9d4e-2f1a6d0b7c11";

    [Fact]
    public async Task Post_RepeatedWhileItRuns_AttachesAndReplays()
    {
        await using var app = await TestApp.StartAsync();
        using var first = await app.Client.StartAsync(Ask());
        var answer = await app.Source.AskedAsync();
        await answer.SaidAsync("Hel");

        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(Ask()));
        answer.Say("lo");
        answer.Finish();

        Assert.Equal(first.Headers.Location, stream.Response.Headers.Location);
        Assert.Equal("Hello", Frame.TextOf(await stream.ToEndAsync()));
        Assert.Equal(1, app.Source.Count);
    }

    // 202 promises that the run goes on to its end, with or without readers, also when another call started it.
    [Fact]
    public async Task Post_RepeatedWithoutReading_LetsTheRunGoOnWhenItsReaderLeaves()
    {
        await using var app = await TestApp.StartAsync(options => options.Disconnect = DisconnectPolicy.Stop);
        var first = await app.Client.StartAsync(Ask());
        var answer = await app.Source.AskedAsync();
        using var detached = await app.Client.StartAsync(Ask().With("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, detached.StatusCode);

        first.Dispose();
        answer.Say("whole");
        answer.Finish();

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(first.Headers.Location!.OriginalString));
        Assert.Equal("whole", Frame.TextOf(await stream.ToEndAsync()));
    }

    [Fact]
    public async Task Post_RepeatedAfterTheEnd_Replays()
    {
        await using var app = await TestApp.StartAsync();
        var whole = await AnswerAsync(app, Ask());

        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(Ask()));

        Assert.Equal(whole, Frame.TextOf(await stream.ToEndAsync()));
        Assert.Equal(1, app.Source.Count);
    }

    [Theory]
    [InlineData("""{"prompt":"another"}""")]
    [InlineData("""{"prompt":"hi","disconnect":"stop"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""")]
    public async Task Post_SameKeyForSomethingElse_Is422(string json)
    {
        await using var app = await TestApp.StartAsync();
        await AnswerAsync(app, Ask());

        using var response = await app.Client.StartAsync(Calls.PostJson(json).With("Idempotency-Key", Key));

        await Refused.AssertAsync(response, 422, "idempotency_key_reused");
        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public async Task Post_ManyAtOnce_StartOneRun()
    {
        await using var app = await TestApp.StartAsync();
        app.Source.Answer = SayAsync;

        var locations = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var stream = await EventStream.OfAsync(await app.Client.StartAsync(Ask()));
            Assert.Equal("answer", Frame.TextOf(await stream.ToEndAsync()));
            return stream.Location;
        }));

        Assert.Single(locations.Distinct());
        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public async Task Post_SameKeyOfTwoOwners_StartsTwoRuns()
    {
        await using var app = await SignedIn.StartAsync();
        app.Source.Answer = SayAsync;

        using var ada = await app.Client.StartAsync(Ask("short").AsProgram("ada"));
        using var eve = await app.Client.StartAsync(Ask("short").AsProgram("eve"));

        Assert.NotEqual(ada.Headers.Location, eve.Headers.Location);
    }

    [Fact]
    public async Task Post_FormRepeated_Attaches()
    {
        await using var app = await TestApp.StartAsync();
        using var first = await app.Client.StartAsync(Calls.PostForm(("prompt", "hi")).With("Idempotency-Key", Key));
        using var second = await app.Client.StartAsync(Calls.PostForm(("prompt", "hi")).With("Idempotency-Key", Key));

        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task Post_DelegateRepeated_AttachesAndAnotherBodyIs422()
    {
        var asked = 0;
        await using var app = await TestApp.StartAsync(_ => { }, app => app.MapTokenfall("/support", (Question question) =>
        {
            Interlocked.Increment(ref asked);
            return Updates.Of(question.Text);
        }));

        using var first = await app.Client.StartAsync(Calls.Post(new { text = "a" }, "/support").With("Idempotency-Key", Key));
        using var stream = await EventStream.OfAsync(first);
        await stream.ToEndAsync();
        using var second = await app.Client.StartAsync(Calls.Post(new { text = "a" }, "/support").With("Idempotency-Key", Key));
        using var other = await app.Client.StartAsync(Calls.Post(new { text = "b" }, "/support").With("Idempotency-Key", Key));

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        await Refused.AssertAsync(other, 422, "idempotency_key_reused");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Post_RepeatedDetached_Is202WithTheSameRun()
    {
        await using var app = await TestApp.StartAsync();

        var answers = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await app.Client.StartAsync(Ask().With("Prefer", "respond-async"));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            answers.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("run").GetString());
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with a space in the middle")]
    [InlineData("umlaut-ü-umlaut-ü-umlaut-ü")]
    [InlineData("twenty-one-characters")]
    [InlineData("256")]
    public async Task Post_UnusableKey_Is400(string key)
    {
        await using var app = await TestApp.StartAsync();
        if (key == "256") key = new string('k', 256);

        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 }) { BaseAddress = app.Address };
        using var response = await client.StartAsync(Ask(key));

        await Refused.AssertAsync(response, 400, "bad_idempotency_key");
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(255)]
    public async Task Post_KeyAtTheLimits_IsTaken(int length)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Ask(new string('~', length)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static HttpRequestMessage Ask(string key = Key) => Calls.Post(new { prompt = "hi" }).With("Idempotency-Key", key);

    private static async Task<string> AnswerAsync(TestApp app, HttpRequestMessage request)
    {
        app.Source.Answer = SayAsync;
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(request));
        return Frame.TextOf(await stream.ToEndAsync());
    }

    private static async Task SayAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        writer.Text("ans");
        await Task.Yield();
        writer.Text("wer");
        writer.Complete("end_turn");
    }
}
