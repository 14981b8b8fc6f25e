using System.Net.Sockets;
using System.Text;

namespace Tokenfall.AspNetCore.Tests;

public sealed class SilenceTests
{
    private readonly TestClock _time = new();

    [Fact]
    public async Task Stream_SourceSilentFromTheStart_GetsHeartbeats()
    {
        await using var app = await TestApp.StartAsync(AppOptions.LongUpstreamTimeouts, _time);
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        await stream.FrameAsync();

        for (var i = 0; i < 3; i++)
        {
            var next = stream.BlockAsync();
            await _time.AdvanceUntilAsync(next);
            Assert.Equal(": ", await next);
        }
    }

    [Fact]
    public async Task Stream_SourceSilentBetweenTokens_GetsHeartbeatsThatTakeNothing()
    {
        await using var asked = await Asked.StartAsync(AppOptions.LongUpstreamTimeouts, _time);
        var (app, stream, answer) = asked;
        answer.Say("a");
        await stream.FrameAsync();
        await stream.FrameAsync();

        var beat = stream.BlockAsync();
        await _time.AdvanceUntilAsync(beat);
        answer.Say("b");
        answer.Finish();
        var rest = await stream.ToEndAsync();

        Assert.Equal(": ", await beat);
        Assert.Equal("b", rest[0].Text);
        Assert.Equal(3, rest[0].Number);
    }

    [Fact]
    public async Task Stream_ReaderTakesNothing_IsResetAfterTheWriteTimeout()
    {
        await using var app = await TestApp.StartAsync(
            options =>
            {
                AppOptions.LongUpstreamTimeouts(options);
                options.Disconnect = DisconnectPolicy.Stop;
            }, _time);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(app.Address.Host, app.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {TestApp.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nprompt=a"));
        var answer = await app.Source.AskedAsync();
        // More than the kernel's buffers take.
        answer.Say([.. Enumerable.Repeat(new string('x', 60_000), 1000)]);

        await _time.AdvanceUntilAsync(answer.Cancelled);

        var end = Encoding.ASCII.GetString(await ReadToResetAsync(socket));
        Assert.DoesNotContain("event: done", end, StringComparison.Ordinal);
        Assert.DoesNotContain("event: error", end, StringComparison.Ordinal);
        Assert.False(end.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal), "The response ended cleanly.");
    }

    [Fact]
    public async Task Http2_ReaderTakesNothing_IsResetAndItsConnectionLivesOn()
    {
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                TestApp.Configure(builder, options =>
                {
                    AppOptions.LongUpstreamTimeouts(options);
                    options.Disconnect = DisconnectPolicy.Stop;
                }, _time);
                TestApp.SpeakHttp2(builder);
            },
            app => app.MapTokenfall(TestApp.Path));
        using var stalled = await app.Client.AskHttp2Async("hi");
        var answer = await app.Source.AskedAsync();
        answer.Say([.. Enumerable.Repeat(new string('x', 60_000), 400)]);

        await _time.AdvanceUntilAsync(answer.Cancelled);

        using var stream = await EventStream.OfAsync(stalled);
        await Assert.ThrowsAnyAsync<IOException>(stream.ToEndAsync);
        using var healthy = await EventStream.OfAsync(await app.Client.AskHttp2Async("hi"));
        Assert.Equal("start", (await healthy.FrameAsync())!.Event);
    }

    // The last bytes before the connection is closed or reset.
    private static async Task<byte[]> ReadToResetAsync(Socket socket)
    {
        var buffer = new byte[128 * 1024];
        byte[] last = [];
        try
        {
            while (await socket.ReceiveAsync(buffer).Soon() is > 0 and var read) last = [.. last.TakeLast(100), .. buffer.AsSpan(0, read)];
        }
        catch (SocketException)
        {
        }
        return last;
    }
}
