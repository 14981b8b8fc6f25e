using System.Net.Sockets;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Tests.Hosting;

public class OpenFilesTests
{
    [Theory]
    [InlineData("Max open files            20000                20000                files     ", 9808L)]
    [InlineData("Max open files            416                  416                  files     ", 16L)]
    [InlineData("Max open files            1024                 524288               files     ", 320L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             95929                95929                processes ", null)]
    public void MaxConnections_LeavesTheServerItsOwnFiles(string limits, long? expected) =>
        Assert.Equal(expected, OpenFiles.MaxConnections([limits]));

    [Fact]
    public void MaxConnections_TooFewFiles_SaysHowToHaveMore()
    {
        var e = Assert.Throws<StartupException>(() => OpenFiles.MaxConnections(["Max open files 415 415 files"]));
        Assert.Contains("Only 415 files may be open", e.Message, StringComparison.Ordinal);
        Assert.Contains("ulimit -n 65536", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_UnderMoreConnectionsThanFiles_AnswersWhenTheyAreGone()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new ServerFolder { MaxFiles = 512 };
        var (server, address) = await folder.ListenAsync(new() { ["Tokenfall__Model"] = "demo", ["TOKENFALL_AUTH"] = "none" }, "--urls", ServerFolder.AnyPort);
        await using var _ = server;
        using var client = new HttpClient { BaseAddress = address };
        await client.GetStringAsync("/healthz");

        var flood = new List<Socket>();
        for (var i = 0; i < 700; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            flood.Add(socket);
        }
        // The server has closed the last one, so it has seen them all.
        Assert.Equal(0, await flood[^1].ReceiveAsync(new byte[1]).WaitAsync(Waiting.Limit));

        // On the connection that was there before.
        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));
        foreach (var socket in flood) socket.Dispose();
    }
}
