using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Reading a run again: while it lives, after it ended, and after it has expired.</summary>
public sealed class ResumeTests
{
    private const int Tokens = 500;

    private static readonly string Whole = string.Concat(Enumerable.Range(0, Tokens).Select(Token));

    [Fact]
    public async Task Get_RunThatEnded_IsReplayedInFewFrames()
    {
        await using var app = await TestApp.StartAsync();
        var (location, ids) = await AnswerAsync(app);

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(location));
        var frames = await stream.ToEndAsync();

        Assert.Equal(["start", "delta", "done"], frames.Select(frame => frame.Event));
        Assert.Equal(Whole, frames[1].Text);
        // The id is the last one covered, as the first reader had it.
        Assert.Equal([Tokens + 1, Tokens + 2], frames.Skip(1).Select(frame => frame.Number));
        Assert.Equal(ids[^1], frames[^1].Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_EndedRunFromTheMiddle_GoesOnAtTheExactToken(bool header)
    {
        await using var app = await TestApp.StartAsync();
        var (location, ids) = await AnswerAsync(app);
        var after = Tokens / 2;

        using var response = header
            ? await app.Client.ReadAsync(location, $"{Frame.RunOf(ids[0])}.{after}")
            : await app.Client.ReadAsync($"{location}?after={after}");
        using var stream = await EventStream.OfAsync(response);

        Assert.Equal(TextAfter(after), Frame.TextOf(await stream.ToEndAsync()));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("GET start")]
    public async Task Resume_FinishedAndFullyRead_Is204WithoutABody(string how)
    {
        await using var app = await TestApp.StartAsync(options => options.AllowGetStart = true);
        var (location, ids) = await AnswerAsync(app);

        using var response = await app.Client.StartAsync(how switch
        {
            "GET" => new HttpRequestMessage(HttpMethod.Get, location).With("Last-Event-ID", ids[^1]),
            "POST" => Calls.Post(new { prompt = "hi" }).With("Last-Event-ID", ids[^1]),
            _ => new HttpRequestMessage(HttpMethod.Get, $"{TestApp.Path}?prompt=hi").With("Last-Event-ID", ids[^1]),
        });

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public async Task Get_EndedRunPastItsEnd_Is400()
    {
        await using var app = await TestApp.StartAsync();
        var (location, _) = await AnswerAsync(app);

        using var response = await app.Client.ReadAsync($"{location}?after={Tokens + 3}");

        await Refused.AssertAsync(response, 400, "unknown_event");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Run_RetentionIsOver_IsUnknown(string method)
    {
        var time = new FakeTimeProvider();
        await using var app = await TestApp.StartAsync(options => options.Retention = TimeSpan.FromMinutes(10), time);
        var (location, _) = await AnswerAsync(app);
        await app.RunAt(location).Ended.Soon();
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        using (var still = await app.Client.ReadAsync(location)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);

        time.Advance(TimeSpan.FromSeconds(1));

        using var response = await app.Client.StartAsync(new HttpRequestMessage(new HttpMethod(method), location));
        await Refused.AssertAsync(response, 404, "unknown_run");
    }

    [Fact]
    public async Task Post_LastEventIdAfterRetention_IsUnknownAndNeverStarts()
    {
        var time = new FakeTimeProvider();
        await using var app = await TestApp.StartAsync(time: time);
        var (location, ids) = await AnswerAsync(app);
        await app.RunAt(location).Ended.Soon();
        time.Advance(TimeSpan.FromMinutes(11));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Last-Event-ID", ids[2]));

        await Refused.AssertAsync(response, 404, "unknown_run");
        Assert.Equal(1, app.Source.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?after=99999")]
    [InlineData("?after=nonsense")]
    public async Task Get_SomeoneElsesAtAnyPosition_IsRefusedWithTheSameWordsAsAnUnknownOne(string query)
    {
        await using var app = await SignedIn.StartAsync();
        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada"));

        var foreign = await RefusalAsync(app, response.Headers.Location!.OriginalString + query);
        var unknown = await RefusalAsync(app, $"{TestApp.Path}/Zk3vM0q2T5uXw8yB1cD4eA{query}");

        Assert.Equal(unknown, foreign);
    }

    private static async Task<string> RefusalAsync(TestApp app, string path)
    {
        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, path).AsProgram("eve"));
        var words = await Refused.AssertAsync(response, 404, "unknown_run");
        return $"{words} {string.Join(" ", response.Headers.NonValidated.Select(header => header.Key))}";
    }

    /// <summary>A whole answer, read by the one who asked.</summary>
    private static async Task<(string Location, List<string> Ids)> AnswerAsync(TestApp app)
    {
        app.Source.Answer = (_, run, _) =>
        {
            for (var i = 0; i < Tokens; i++) run.Text(Token(i));
            run.Complete("end_turn");
            return Task.CompletedTask;
        };
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        var frames = await stream.ToEndAsync();
        return (stream.Location, [.. frames.Select(frame => frame.Id)]);
    }

    // Event 1 is start.
    private static string TextAfter(int number) => string.Concat(Enumerable.Range(0, Tokens).Skip(number - 1).Select(Token));

    private static string Token(int i) => $"wörd {i} 😀 ";
}
