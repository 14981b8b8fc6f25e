using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Callers who leave before they have asked.</summary>
public sealed class LeavingTests
{
    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json", true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/x-www-form-urlencoded", true)]
    public async Task Post_CallerLeavesInTheMiddleOfTheBody_NothingIsAskedAndNoErrorIsLogged(string contentType, bool reset)
    {
        var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.UseExceptionHandler("/failed");
            app.MapTokenfall(TestApp.Path);
        });
        await using (app)
        {
            using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                await socket.ConnectAsync(app.Address.Host, app.Address.Port);
                await socket.SendAsync(Encoding.ASCII.GetBytes(
                    $"POST {TestApp.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: {contentType}\r\nContent-Length: 100\r\n\r\nprompt=a"));
                await app.RequestBegunAsync();
                if (reset) socket.LingerState = new LingerOption(true, 0);
            }
            await app.RequestEndedAsync();
        }
        Assert.Equal(0, app.Source.Count);
        // Kestrel itself may warn that the connection ended abnormally.
        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Post_BrokenChunks_Is400()
    {
        await using var app = await TestApp.StartAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(app.Address.Host, app.Address.Port);

        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {TestApp.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"));

        var answer = new byte[4096];
        var length = await socket.ReceiveAsync(answer).Soon();
        Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Empty(app.Logs.Problems());
    }
}
