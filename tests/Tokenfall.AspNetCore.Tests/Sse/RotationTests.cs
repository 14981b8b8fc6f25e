using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore.Tests;

public sealed class RotationTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly TestClock _time = new();

    [Fact]
    public async Task Get_OverTwentyRotations_TheTextIsExact()
    {
        await using var app = await StartAsync();
        using var first = await app.Client.AskAsync("hi");
        var location = first.Headers.Location!.OriginalString;
        var answer = await app.Source.AskedAsync();
        var frames = new List<Frame>();

        for (var i = 0; i < 20; i++)
        {
            using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(location, frames.LastOrDefault()?.Id));
            // What is there already, and one token live: then it is between two frames.
            answer.Say($"{i},");
            while (frames.LastOrDefault() is not { Event: "delta" } last || !last.Text.EndsWith($"{i},", StringComparison.Ordinal)) frames.Add((await stream.FrameAsync())!);
            answer.Say($"{i};");
            var rest = stream.ToCutAsync();
            await _time.AdvanceUntilAsync(rest);
            frames.AddRange(await rest);
            Assert.DoesNotContain(frames, frame => frame.IsTerminal);
        }
        answer.Finish();
        using (var stream = await EventStream.OfAsync(await app.Client.ReadAsync(location, frames[^1].Id))) frames.AddRange(await stream.ToEndAsync());

        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i};")), Frame.TextOf(frames));
        Assert.Equal(frames.Select(frame => frame.Number).Order().Distinct(), frames.Select(frame => frame.Number));
        Assert.Equal("done", frames[^1].Event);
        Assert.Equal(1, app.Source.Count);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    public async Task Post_OlderThanTheLimit_IsRotatedOnlyWhenItSaysThatItCanResume(string? resume, bool rotated)
    {
        await using var app = await StartAsync();
        var request = Calls.Post(new { prompt = "hi" });
        if (resume is not null) request.With("Tokenfall-Resume", resume);
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(request));
        var answer = await app.Source.AskedAsync();
        await stream.FrameAsync();

        var rest = stream.ToCutAsync();
        if (rotated)
        {
            await _time.AdvanceUntilAsync(rest);
            Assert.Empty(await rest);
        }
        else
        {
            for (var minute = 0; minute < 60; minute++) _time.Advance(TimeSpan.FromMinutes(1));
            answer.Say("still here");
            answer.Finish();
            Assert.Equal("still here", Frame.TextOf(await rest));
        }
    }

    [Fact]
    public async Task Get_TheEndIsThereWhenTheRotationFallsDue_TheEndIsSent()
    {
        // A flush that takes its time: meanwhile the connection grows too old, and the run ends.
        var flushing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TestApp.StartAsync(
            builder => TestApp.Configure(builder, Options, _time),
            app =>
            {
                app.Use((context, next) =>
                {
                    var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                    var flushes = 0;
                    if (context.Request.Method == "GET") context.Features.Set<IHttpResponseBodyFeature>(new TestBody(body, around: async (_, flush) =>
                    {
                        await flush();
                        if (++flushes != 2) return;
                        flushing.TrySetResult();
                        await slow.Task;
                    }));
                    return next(context);
                });
                app.MapTokenfall(TestApp.Path);
            });
        using var first = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        using var reader = await EventStream.OfAsync(await app.Client.ReadAsync(first.Headers.Location!.OriginalString));
        await reader.FrameAsync();
        answer.Say("a");
        await flushing.Task.Soon();

        _time.Advance(MaxAge * 2);
        answer.Finish();
        using (var asker = await EventStream.OfAsync(first)) await asker.ToEndAsync();
        slow.SetResult();

        var frames = await reader.ToCutAsync();
        Assert.Equal(["delta", "done"], frames.Select(frame => frame.Event));
    }

    // We sent it away: that it left must not stop its run.
    [Fact]
    public async Task Get_RotatedUnderThePolicyStop_FindsItsRunAlive()
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            Options(options);
            options.Disconnect = DisconnectPolicy.Stop;
            // The clock is moved on until the cut is seen: not past the time in which the reader may come back.
            options.ResumeGrace = TimeSpan.FromHours(23);
        }, _time);
        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Tokenfall-Resume", "1"));
        using var stream = await EventStream.OfAsync(response);
        var answer = await app.Source.AskedAsync();
        var start = await stream.FrameAsync();
        var rest = stream.ToCutAsync();
        await _time.AdvanceUntilAsync(rest);
        await rest;

        using var back = await EventStream.OfAsync(await app.Client.ReadAsync(response.Headers.Location!.OriginalString, start!.Id));
        answer.Say("still here");
        answer.Finish();

        Assert.Equal("still here", Frame.TextOf(await back.ToEndAsync()));
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(Options, _time);

    private static void Options(AppOptions options)
    {
        AppOptions.LongUpstreamTimeouts(options);
        options.MaxConnectionAge = MaxAge;
        options.WriteTimeout = TimeSpan.FromHours(23);
    }
}
