using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore.Tests;

public sealed class SseResponseTests
{
    [Fact]
    public async Task Stream_SourceSilent_HasHeadersAndStartAlready()
    {
        await using var app = await TestApp.StartAsync();

        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));

        Assert.Equal("start", (await stream.FrameAsync())!.Event);
    }

    [Fact]
    public async Task Stream_SourceWaitsForTheReader_EveryTokenArrivesAlone()
    {
        await using var asked = await Asked.StartAsync();
        var (app, stream, answer) = asked;
        await stream.FrameAsync();

        for (var i = 0; i < 50; i++)
        {
            answer.Say($"token {i}");
            Assert.Equal($"token {i}", (await stream.FrameAsync())!.Text);
        }
    }

    [Fact]
    public async Task Stream_ReaderBehind_GetsFewMergedFrames()
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        using (var first = await EventStream.OfAsync(response)) await first.FrameAsync();
        var text = new string('x', 100);
        answer.Say([.. Enumerable.Repeat(text, 2000)]);
        var written = new TaskCompletionSource();
        answer.Do(_ => written.TrySetResult());
        await written.Task.Soon();

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(response.Headers.Location!.OriginalString));
        answer.Finish();
        var frames = await stream.ToEndAsync();

        var deltas = frames.Where(frame => frame.Event == "delta").ToList();
        Assert.Equal(200_000, deltas.Sum(frame => frame.Text.Length));
        Assert.Equal(13, deltas.Count);
        Assert.All(deltas, frame => Assert.InRange(frame.Data.Length, 1, 16 * 1024 + 100));
        // The number of the last token covered: a reader that resumes there misses none and repeats none.
        Assert.Equal(1 + deltas[0].Text.Length / 100, deltas[0].Number);
        Assert.Equal(2001, deltas[^1].Number);
    }

    [Fact]
    public async Task Stream_ManySmallEventsThatDoNotMerge_AreFlushedInBoundedPieces()
    {
        long most = 0;
        await using var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.Use((context, next) =>
            {
                var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                context.Features.Set<IHttpResponseBodyFeature>(new TestBody(body, around: (unflushed, flush) =>
                {
                    most = Math.Max(most, unflushed);
                    return flush();
                }));
                return next(context);
            });
            app.MapTokenfall(TestApp.Path);
        });
        app.Source.Answer = (_, run, _) =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                run.Reasoning("a");
                run.Text("b");
            }
            run.Complete("end_turn");
            return Task.CompletedTask;
        };

        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);

        Assert.InRange(most, 1, 64 * 1024);
    }

    [Fact]
    public async Task Stream_AfterDone_EndsCleanly()
    {
        await using var asked = await Asked.StartAsync();
        var (app, stream, answer) = asked;

        answer.Say("a");
        answer.Finish();

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
    }

    [Fact]
    public async Task Stream_AfterError_EndsCleanly()
    {
        await using var app = await TestApp.StartAsync();
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));

        (await app.Source.AskedAsync()).BreakOff();

        var last = (await stream.ToEndAsync())[^1];
        Assert.Equal("error", last.Event);
        Assert.Equal("truncated", last.Json.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stream_WritingFailsBeforeTheTerminalEvent_IsReset(int httpVersion)
    {
        // An application may hold middleware that swallows exceptions: the response must not look finished even then.
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                if (httpVersion == 2) TestApp.SpeakHttp2(builder);
            },
            app =>
            {
                app.Use(async (context, next) =>
                {
                    var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                    context.Features.Set<IHttpResponseBodyFeature>(new TestBody(body, flushes: 2));
                    try
                    {
                        await next(context);
                    }
                    catch (NotSupportedException)
                    {
                        context.Features.Set(body);
                    }
                });
                app.MapTokenfall(TestApp.Path);
            });
        using var stream = await EventStream.OfAsync(await (httpVersion == 2 ? app.Client.AskHttp2Async("hi") : app.Client.AskAsync("hi")));
        var answer = await app.Source.AskedAsync();
        await stream.FrameAsync();

        answer.Say("a");
        await stream.FrameAsync();
        answer.Say("b");

        await Assert.ThrowsAnyAsync<IOException>(stream.ToEndAsync);
    }

    [Fact]
    public async Task Stream_ReaderLeavesInTheMiddle_IsNoProblemInTheLog()
    {
        await using var asked = await Asked.StartAsync(options => options.Disconnect = DisconnectPolicy.Stop);
        var (app, stream, answer) = asked;
        answer.Say([.. Enumerable.Repeat(new string('x', 30_000), 500)]);
        await stream.FrameAsync();

        stream.Dispose();

        await answer.Cancelled;
        await app.RequestEndedAsync();
        Assert.Empty(app.Logs.Problems());
    }

    [Fact]
    public async Task Stream_ResponseCompressionKnowsTheType_StillArrivesTokenByToken()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.Services.AddResponseCompression(compression => compression.MimeTypes = ["text/event-stream"]),
            app =>
            {
                app.UseResponseCompression();
                app.MapTokenfall(TestApp.Path);
            });
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = app.Address };
        using var stream = await EventStream.OfAsync(await client.AskAsync("hi"));
        var answer = await app.Source.AskedAsync();
        await stream.FrameAsync();

        answer.Say("a");

        Assert.Equal("a", (await stream.FrameAsync())!.Text);
    }
}
