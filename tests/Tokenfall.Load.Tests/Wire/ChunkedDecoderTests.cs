using System.Text;

namespace Tokenfall.Load.Tests.Wire;

public class ChunkedDecoderTests
{
    [Theory]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", "abc", true)]
    [InlineData("3;name=value\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", "abcd", true)]
    [InlineData("0B\r\nhello world\r\n0\r\nTrailer: x\r\n\r\n", "hello world", true)]
    [InlineData("3\r\nabc\r\n0\r\n", "abc", false)]
    [InlineData("3\r\nab", "ab", false)]
    public void Body_InAnyPieces_IsReadWhole(string wire, string expected, bool complete)
    {
        foreach (var piece in (int[])[1, 2, 5, 100])
        {
            var sink = new Sink();
            var body = new ChunkedDecoder(sink);
            foreach (var bytes in Encoding.ASCII.GetBytes(wire).Chunk(piece)) body.Feed(bytes);

            Assert.Equal((expected, complete, null), (sink.Text, body.IsComplete, sink.Problem));
        }
    }

    [Fact]
    public void Size_ThatIsNoNumber_IsAProblem()
    {
        var sink = new Sink();
        new ChunkedDecoder(sink).Feed("xyz\r\n"u8);

        Assert.NotNull(sink.Problem);
    }

    [Theory]
    [InlineData("FFFFFFFFF\r\nhello\r\n")]
    [InlineData("80000000\r\nhello\r\n")]
    public void Size_BeyondAllBounds_IsAProblem(string wire)
    {
        var sink = new Sink();
        new ChunkedDecoder(sink).Feed(Encoding.ASCII.GetBytes(wire));

        Assert.NotNull(sink.Problem);
    }

    private sealed class Sink : IBodySink
    {
        public string Text { get; private set; } = "";

        public string? Problem { get; private set; }

        public void Feed(ReadOnlySpan<byte> body) => Text += Encoding.ASCII.GetString(body);

        public void Fail(string problem) => Problem = problem;
    }
}
