namespace Tokenfall.AspNetCore.Tests;

public sealed class LastEventIdTests
{
    [Fact]
    public async Task Get_NoPosition_ReadsFromTheStart()
    {
        await using var talk = await Talk.StartAsync();

        using var stream = await talk.ReadAsync();

        Assert.Equal(["start", "delta", "thinking"], [(await stream.FrameAsync())!.Event, (await stream.FrameAsync())!.Event, (await stream.FrameAsync())!.Event]);
    }

    [Theory]
    [InlineData("", "{0}.0", 1)]
    [InlineData("", "{0}.1", 2)]
    [InlineData("", "{0}.2", 3)]
    [InlineData("?after=2", null, 3)]
    [InlineData("?after=0", "{0}.2", 3)] // the header wins
    public async Task Get_FromAPosition_GoesOnBehindIt(string query, string? lastEventId, int next)
    {
        await using var talk = await Talk.StartAsync();

        using var stream = await talk.ReadAsync(query, lastEventId?.Replace("{0}", talk.Run, StringComparison.Ordinal));

        Assert.Equal(next, (await stream.FrameAsync())!.Number);
    }

    [Fact]
    public async Task Get_AtTheEndOfALiveRun_WaitsForWhatComes()
    {
        await using var talk = await Talk.StartAsync();
        using var stream = await talk.ReadAsync("?after=3");

        talk.Answer.Say("new");

        var frame = (await stream.FrameAsync())!;
        Assert.Equal((4, "new"), (frame.Number, frame.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{0}")]
    [InlineData("{0}.")]
    [InlineData("{0}.-1")]
    [InlineData("{0}.01")]
    [InlineData("{0}.1x")]
    [InlineData("{0}.1.1")]
    [InlineData("{0}.99999999999")]
    public async Task Get_MalformedLastEventId_Is400ThatShowsAGoodOne(string id)
    {
        await using var talk = await Talk.StartAsync();

        using var response = await talk.App.Client.ReadAsync(talk.Location, id.Replace("{0}", talk.Run, StringComparison.Ordinal));

        Assert.Contains("Zk3vM0q2T5uXw8yB1cD4eA.41", await Refused.AssertAsync(response, 400, "malformed_event_id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?after=", null, "malformed_event_id")]
    [InlineData("?after=x", null, "malformed_event_id")]
    [InlineData("?after=-1", null, "malformed_event_id")]
    [InlineData("?after=1&after=2", null, "malformed_event_id")]
    [InlineData("?after=4", null, "unknown_event")] // past the end
    [InlineData("?after=2147483647", null, "unknown_event")]
    [InlineData("", "Zk3vM0q2T5uXw8yB1cD4eA.1", "unknown_event")] // of another run
    public async Task Get_FromNowhere_Is400(string query, string? lastEventId, string code)
    {
        await using var talk = await Talk.StartAsync();

        using var response = await talk.App.Client.ReadAsync(talk.Location + query, lastEventId);

        await Refused.AssertAsync(response, 400, code);
    }

    [Fact]
    public async Task Post_LastEventId_GoesOnInsteadOfStarting()
    {
        await using var talk = await Talk.StartAsync();

        using var response = await talk.App.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Last-Event-ID", $"{talk.Run}.2"));
        using var stream = await EventStream.OfAsync(response);

        var frame = (await stream.FrameAsync())!;
        Assert.Equal((talk.Run, 3), (frame.Run, frame.Number));
        Assert.Equal(1, talk.App.Source.Count);
    }

    [Fact]
    public async Task GetStart_LastEventId_GoesOnInsteadOfStarting()
    {
        await using var talk = await Talk.StartAsync(options => options.AllowGetStart = true);

        using var response = await talk.App.Client.ReadAsync("/ask/stream?prompt=hi", $"{talk.Run}.2");
        using var stream = await EventStream.OfAsync(response);

        Assert.Equal(talk.Run, (await stream.FrameAsync())!.Run);
        Assert.Equal(1, talk.App.Source.Count);
    }

    [Theory]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4eA.1", 404, "unknown_run")]
    [InlineData("nonsense", 400, "malformed_event_id")]
    [InlineData("", 400, "malformed_event_id")]
    public async Task Post_UnusableLastEventId_NeverStarts(string id, int status, string code)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Last-Event-ID", id));

        await Refused.AssertAsync(response, status, code);
        Assert.Equal(0, app.Source.Count);
    }

    [Fact]
    public async Task Post_LastEventIdOfSomeoneElse_IsUnknown()
    {
        await using var app = await SignedIn.StartAsync();
        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada"));
        using var stream = await EventStream.OfAsync(response);
        var id = (await stream.FrameAsync())!.Id;

        using var foreign = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("eve").With("Last-Event-ID", id));

        await Refused.AssertAsync(foreign, 404, "unknown_run");
    }
}
