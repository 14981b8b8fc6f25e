using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokenfall.Load.Tests;

public class LoadRunTests
{
    // Two chunks in one piece: the first has enough text for any stream to drop its connection, the second ends the answer.
    private static readonly byte[] Response = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Chunk("event: start\ndata: {}\nid: a.1\n\nevent: delta\ndata: {\"text\":\"abc\"}\nid: a.100\n\n")
        + Chunk("event: done\ndata: {\"chars\":3}\nid: a.101\n\n"));

    [Fact]
    public async Task Run_DropInTheBytesThatEndTheAnswer_IsComplete()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeAsync(server);
        using var run = new LoadRun(new() { Url = new($"http://{server.LocalEndpoint}/ask"), Streams = 1, ResumeShare = 1, Body = "{}" });

        var result = await run.RunAsync(default);

        Assert.Equal(1, Assert.Contains(Verdict.Complete, result.Streams));
        server.Stop();
        await serving;
    }

    private static async Task ServeAsync(TcpListener server)
    {
        try
        {
            while (true) await AnswerAsync(await server.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
            // The listener was stopped, while it waited or between two clients.
        }
    }

    // Reads until the client closes; the first connection only checks that somebody listens.
    private static async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        var (stream, buffer) = (client.GetStream(), new byte[1024]);
        try
        {
            while (await stream.ReadAsync(buffer) > 0) await stream.WriteAsync(Response);
        }
        catch (IOException)
        {
            // The client reset the connection.
        }
    }

    private static string Chunk(string body) => $"{body.Length:x}\r\n{body}\r\n";
}
