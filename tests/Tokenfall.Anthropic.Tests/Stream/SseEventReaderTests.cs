using System.Net.ServerSentEvents;
using CsCheck;

namespace Tokenfall.Tests;

/// <summary>The reader of events beside the framework's parser, on whatever bytes, however they are cut.</summary>
public sealed class SseEventReaderTests
{
    private const int Streams = 4_000;

    // What event streams are made of, and what looks like it.
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\n", "\n", "\n\n", "\r", "\r\r", "\r\n", "\r\n\r\n", "\n\r", "data", "data:", "data: ", "data:  ", "data: {\"type\":\"ping\"}", "data: a\ndata: b", "data x",
            "datas: x", "Data: x", " data: x", ":", ": hello", "event: delta", "id: 7", "id: \0", "retry: 10", "x", " ", "\0", "\t", "é", "😀", "\uFEFF", "d", "at", "a:",
        }.Select(Encoding.UTF8.GetBytes),
        [0xEF], [0xBB], [0xBF], [0xFF, 0xC3],
    ];

    [Fact]
    public void TryRead_AnyBytesInAnyPieces_FindsWhatTheFrameworksParserFinds() => Gen.Select(Gen.OneOf(Pieces).Array[1, 39], Choices.Any).Sample((pieces, choices) =>
    {
        var stream = pieces.SelectMany(piece => piece).ToArray();

        var expected = SseParser.Create(new MemoryStream(stream), static (_, data) => Convert.ToHexString(data)).Enumerate().Select(item => item.Data);

        Assert.Equal(expected, Read(stream, () => choices.Next(1, 12)));
    }, iter: Streams);

    [Fact]
    public void TryRead_CutAtEveryPosition_FindsTheSameEvents()
    {
        var stream = "\uFEFFdata: a\r\ndata: b\r\n\r\n: c\rdata\r\rdata:d\n\nevent: e\n\n\r\ndata: f\n\r\n"u8.ToArray();
        string[] expected = [Hex("a\nb"), "", Hex("d"), Hex("f")];

        for (var cut = 1; cut < stream.Length; cut++)
            Assert.Equal(expected, Read(stream, new Queue<int>([cut, stream.Length]).Dequeue));
    }

    [Theory]
    [InlineData("x")]
    [InlineData(":\n")]
    [InlineData("data\n")]
    [InlineData("data: x\r")]
    [InlineData("id: x\r\n")]
    public void TryRead_AnEventThatDoesNotEnd_IsRefused(string piece)
    {
        var endless = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 2_000)));

        Assert.Throws<InvalidDataException>(() => Read(endless, () => 7));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(":\n\n")]
    [InlineData("event: ping\r\n\r\n")]
    [InlineData("data: x\r\r")]
    public void TryRead_ManyEventsThatEnd_GoOnForEver(string piece) =>
        Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 2_000))), () => 7);

    private static List<string> Read(ReadOnlySpan<byte> stream, Func<int> nextLength)
    {
        var reader = new SseEventReader(limit: 1024);
        var events = new List<string>();
        while (!stream.IsEmpty)
        {
            var piece = stream[..Math.Min(nextLength(), stream.Length)];
            stream = stream[piece.Length..];
            while (reader.TryRead(ref piece, out var data)) events.Add(Convert.ToHexString(data));
            Assert.True(piece.IsEmpty);
        }
        return events;
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
