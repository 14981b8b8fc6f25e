using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>A reader that stops taking bytes, beside one that takes them.</summary>
public sealed class StalledReaderTests
{
    // What a flush may hand to the server at once: some frames, and one large one on top.
    private const int LargestFlush = 16 * 1024 + 64 * 1024;

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<long> _flushes = new();
    private int _underWay;

    [Fact]
    public async Task Reader_TakesNothing_NobodyElseIsSlowedAndItHoldsOneFlush()
    {
        await using var app = await StartAsync();
        using var healthy = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        var answer = await app.Source.AskedAsync();
        await healthy.FrameAsync();
        await answer.SaidAsync([.. Enumerable.Repeat(new string('x', 1000), 1000)]);
        for (var read = 0; read < 1_000_000; read += (await healthy.FrameAsync())!.Text.Length) { }
        // It has much to catch up on, and does not.
        using var stalled = await OpenAsync(app, healthy.Location);

        // Lock-step: were the stalled reader waited for, the healthy one would get nothing more. 24 MB, more than the kernel takes.
        var lump = new string('x', 60_000);
        for (var i = 0; i < 400; i++)
        {
            answer.Say(lump);
            Assert.Equal(lump.Length, (await healthy.FrameAsync())!.Text.Length);
        }

        Assert.Equal(1, Volatile.Read(ref _underWay));
        Assert.All(_flushes, unflushed => Assert.InRange(unflushed, 1, LargestFlush));
    }

    [Fact]
    public async Task Reader_TakesNothing_IsResetAndTheOthersReadOn()
    {
        await using var app = await StartAsync();
        using var healthy = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        var answer = await app.Source.AskedAsync();
        await healthy.FrameAsync();
        using var stalled = await OpenAsync(app, healthy.Location);
        for (var i = 0; i < 400; i++)
        {
            answer.Say(new string('x', 60_000));
            await healthy.FrameAsync();
        }

        // The healthy reader's last flush begins a second later: it may not have returned yet, although its bytes are here.
        _time.Advance(TimeSpan.FromSeconds(1));
        answer.Say("a second later");
        await healthy.FrameAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("GET", await app.RequestEndedAsync());

        answer.Say("still here");
        Assert.Equal("still here", (await healthy.FrameAsync())!.Text);
        answer.Finish();
        Assert.Equal("done", (await healthy.ToEndAsync())[^1].Event);
        await using var network = new NetworkStream(stalled);
        using var rest = new EventStream(network);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await rest.BlockAsync() is { } block) Assert.DoesNotContain("event: done", block, StringComparison.Ordinal);
        });
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        builder =>
        {
            TestApp.Configure(builder, options =>
            {
                AppOptions.LongUpstreamTimeouts(options);
                options.MaxConnectionAge = TimeSpan.FromHours(23);
            }, _time);
            // Our own sockets would have the kernel reset a reader that takes nothing, by its own clock.
            builder.Services.PostConfigure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = SocketTransportOptions.CreateDefaultBoundListenSocket);
        },
        app =>
        {
            app.Use((context, next) =>
            {
                var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                if (context.Request.Method == "GET") context.Features.Set<IHttpResponseBodyFeature>(new TestBody(body, around: WatchAsync));
                return next(context);
            });
            app.MapTokenfall(TestApp.Path);
        });

    private async ValueTask WatchAsync(long unflushed, Func<ValueTask> flush)
    {
        _flushes.Enqueue(unflushed);
        Interlocked.Increment(ref _underWay);
        await flush();
        Interlocked.Decrement(ref _underWay);
    }

    /// <summary>Asks for the run, reads the beginning of the answer, and then nothing more.</summary>
    private static async Task<Socket> OpenAsync(TestApp app, string location)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(app.Address.Host, app.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {location} HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.NotEqual(0, await socket.ReceiveAsync(new byte[1]).Soon());
        return socket;
    }
}
