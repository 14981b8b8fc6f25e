using System.Text;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Tests.Doctor;

public sealed class FrameReaderTests
{
    private const string Stream =
        "event: hello\ndata: {\"nonce\":\"x\",\"protocol\":\"HTTP/1.1\",\"scheme\":\"http\",\"method\":\"GET\",\"authorization\":true,\"cookie\":false,\"signed_in\":true,\"headers\":{\"host\":\"h\"}}\nid: p.0\n\n" +
        ": 1000.0\n\nevent: tick\ndata: {\"n\":1,\"ms\":1250.5,\"padding\":\"\"}\nid: p.1\n\nevent: end\ndata: {\"n\":2,\"ms\":1251,\"ticks\":1,\"heartbeats\":1}\nid: p.2\n\n";

    [Fact]
    public void Add_ByteByByte_SeesFramesAndComments()
    {
        var recording = Recording();
        var reader = new FrameReader(recording);
        var now = 0;
        foreach (var one in Encoding.UTF8.GetBytes(Stream)) reader.Add([one], now++);

        Assert.True(reader.AtEnd);
        Assert.Equal([0, 1, 2], recording.Frames.Select(frame => frame.Number));
        Assert.Equal([0, 1250.5, 1251], recording.Frames.Select(frame => frame.SentMs));
        Assert.Single(recording.CommentsMs);
        Assert.Equal(("x", true, "h"), (recording.Hello!.Nonce, recording.Hello.Authorization, recording.Hello.Header("Host")));
        Assert.Equal(Stream.Length - 1, recording.Frames[^1].ArrivedMs);
    }

    [Theory]
    [InlineData("tick", "<b>injected</b>")]
    [InlineData("tick", "{\"n\":1,\"ms\":1e999}")]
    [InlineData("hello", "null")]
    [InlineData("hello", "{\"nonce\":\"x\",\"protocol\":\"HTTP/1.1\",\"scheme\":\"http\",\"method\":\"GET\"}")]
    public void Add_FrameThatIsNotOurs_IsToldAndNotThrown(string name, string data)
    {
        var recording = Recording();

        new FrameReader(recording).Add(Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n"), 1);

        Assert.Contains("did not send", recording.Failure, StringComparison.Ordinal);
        Assert.Empty(recording.Frames);
    }

    private static Recording Recording() => new(new(Wire.Http1, "identity", "GET"), new());
}
