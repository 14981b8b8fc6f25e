namespace Tokenfall.AspNetCore.Tests;

/// <summary>What the endpoints do for a protocol that is not ours.</summary>
public sealed class IndexedProtocolTests
{
    private static readonly string[] Answer =
    [
        "open (Reasoning, 1)", "piece (Reasoning, 1) hm", "close (Reasoning, 1)",
        "open (Text, 1)", "piece (Text, 1) Hel", "piece (Text, 1) lo", "close (Text, 1)",
        "open call 1", "input 1 {\\\"q\\\":", "input 1 1}", "close call 1", "call {\"id\":\"t1\",\"name\":\"search\",\"input\":{\"q\":1}}",
        "open (Text, 2)", "piece (Text, 2) bye", "close (Text, 2)", "end Done",
    ];

    [Fact]
    public async Task Post_IsReadAndAnsweredInTheProtocolsOwnWords()
    {
        await using var app = await StartAsync();
        using var response = await AskAsync(app);
        await AnswerAsync(app);

        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Stream-Version")));
        Assert.Equal([.. Answer, "[END]"], (await ReadAsync(response)).Skip(1));
    }

    [Fact]
    public async Task Get_AtEveryIndex_GoesOnExactlyThere()
    {
        await using var app = await StartAsync();
        using var asked = await AskAsync(app);
        await AnswerAsync(app);
        var whole = await ReadAsync(asked);
        var location = asked.Headers.Location!.ToString();

        for (var index = 0; index < whole.Count; index++)
        {
            using var response = await app.Client.ReadAsync($"{location}?index={index}");
            Assert.Equal(whole.Skip(index), await ReadAsync(response));
        }
    }

    [Fact]
    public async Task Get_WhileTheAnswerIsWritten_GoesOnLive()
    {
        await using var app = await StartAsync();
        using var asked = await AskAsync(app);
        var answer = await app.Source.AskedAsync();
        await answer.SaidAsync("one", "two");
        using var response = await app.Client.ReadAsync($"{asked.Headers.Location}?index=3");

        answer.Say("three");
        answer.Finish();

        Assert.Equal(["piece (Text, 1) two", "piece (Text, 1) three", "close (Text, 1)", "end Done", "[END]"], await ReadAsync(response));
    }

    [Fact]
    public async Task Stop_InTheMiddleOfACall_ClosesItAndEnds()
    {
        await using var app = await StartAsync();
        using var asked = await AskAsync(app);
        var answer = await app.Source.AskedAsync();
        answer.Do(writer => writer.BeginToolCall("t1", "search"));
        await answer.SaidAsync();

        await app.Client.DeleteAsync(asked.Headers.Location);

        Assert.Equal(["open call 1", "close call 1", "call {\"id\":\"t1\",\"name\":\"search\",\"input\":\"\",\"incomplete\":true}", "end Stopped", "[END]"], (await ReadAsync(asked)).Skip(1));
    }

    [Fact]
    public async Task Silence_IsFilledWithItsOwnHeartbeats()
    {
        var time = new TestClock();
        await using var app = await StartAsync(time);
        using var asked = await AskAsync(app);
        var answer = await app.Source.AskedAsync();
        using var stream = await EventStream.OfAsync(asked);
        await stream.BlockAsync();

        var beat = stream.BlockAsync();
        await time.AdvanceUntilAsync(beat);

        Assert.Equal(": beat", await beat);
        answer.Finish();
    }

    [Fact]
    public async Task MalformedIndex_IsRefusedInTheProtocolsOwnWords()
    {
        await using var app = await StartAsync();
        using var asked = await AskAsync(app);
        await AnswerAsync(app);

        using var response = await app.Client.ReadAsync($"{asked.Headers.Location}?index=x");

        Assert.Equal((400, "bad_index"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Post_WithAnEventIdOfAnotherProtocol_StartsNothing()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { question = "hi" }).With("Last-Event-ID", "x"));

        Assert.Equal((400, "not_resumable", 0), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), app.Runs.Count));
    }

    private static Task<TestApp> StartAsync(TimeProvider? time = null) => TestApp.StartAsync(
        builder => TestApp.Configure(builder, options => AppOptions.LongUpstreamTimeouts(options), time),
        app => app.MapTokenfall(TestApp.Path).WithProtocol(new IndexedProtocol()));

    private static Task<HttpResponseMessage> AskAsync(TestApp app) => app.Client.StartAsync(Calls.Post(new { question = "hi" }));

    private static async Task AnswerAsync(TestApp app)
    {
        var answer = await app.Source.AskedAsync();
        answer.Do(writer =>
        {
            writer.Reasoning("hm");
            writer.Text("Hel");
            writer.Text("lo");
            writer.BeginToolCall("t1", "search");
            writer.ToolInput("t1", "{\"q\":");
            writer.ToolInput("t1", "1}");
            writer.EndToolCall("t1");
            // Readers never see this.
            writer.Opaque("provider", null, "signature", "\"secret\""u8);
            writer.Text("bye");
        });
        answer.Finish();
    }

    private static async Task<List<string>> ReadAsync(HttpResponseMessage response)
    {
        using var stream = await EventStream.OfAsync(response);
        var chunks = new List<string>();
        while (await stream.BlockAsync() is { } block) chunks.Add(block["data: ".Length..]);
        return chunks;
    }
}
