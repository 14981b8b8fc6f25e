using System.Text;

namespace Tokenfall.Load.Tests.Wire;

public class FrameScannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Feed_BodyInPieces_FindsEveryEvent(int piece)
    {
        var sink = Scan("retry: 1000\n\nid: a.1\nevent: start\ndata: {}\n\n: \n\nevent:delta\ndata:Hé\nid:a.2\n\n", piece);

        Assert.Equal([("a.1", "start", "{}"), ("a.2", "delta", "Hé")], sink.Frames);
        Assert.Equal((1, null), (sink.Comments, sink.Problem));
    }

    [Theory]
    [InlineData("<html>502 Bad Gateway</html>\n\n")]
    [InlineData("data: a\r\n\r\n")]
    public void Feed_StrictAndAnotherForm_ReportsAProblem(string body) => Assert.NotNull(Scan(body, 4096).Problem);

    [Fact]
    public void Feed_NotStrictAndCrLf_FindsTheEvent()
    {
        var sink = Scan("event: token\r\ndata: a\r\n\r\n", 3, strict: false);

        Assert.Equal([("", "token", "a")], sink.Frames);
        Assert.Null(sink.Problem);
    }

    private static RecordingSink Scan(string body, int piece, bool strict = true)
    {
        var sink = new RecordingSink();
        var scanner = new FrameScanner(sink, strict);
        foreach (var bytes in Encoding.UTF8.GetBytes(body).Chunk(piece)) scanner.Feed(bytes);
        return sink;
    }

    private sealed class RecordingSink : IFrameSink
    {
        public List<(string Id, string Event, string Data)> Frames { get; } = [];

        public int Comments { get; private set; }

        public string? Problem { get; private set; }

        public void OnFrame(SseFrame frame) => Frames.Add((Text(frame.Id), Text(frame.Event), Text(frame.Data)));

        public void OnComment() => Comments++;

        public void Fail(string problem) => Problem = problem;

        private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
    }
}
