using System.Text;
using System.Text.Json;

namespace Tokenfall.Tests;

public class RunWriterTests
{
    private readonly RunLog _log = new(new ManualTimeProvider());
    private readonly RunWriter _writer;

    public RunWriterTests() => _writer = new RunWriter(_log, new ManualTimeProvider());

    [Fact]
    public void Usage_LaterFigures_ReplaceEarlierOnes()
    {
        _writer.Usage(10, 1);
        _writer.Usage(12, 40);

        Assert.Equal((12, 40), (_writer.InputTokens, _writer.OutputTokens));
    }

    [Fact]
    public void Usage_Null_LeavesWhatIsKnown()
    {
        _writer.Usage(10, null);
        _writer.Usage(null, 40);

        Assert.Equal((10, 40), (_writer.InputTokens, _writer.OutputTokens));
    }

    [Fact]
    public void ToolCall_PrettyPrintedInput_BecomesOneLine()
    {
        _writer.ToolCall("t1", "find", "{\r\n  \"q\": \"a\\nb\",\n  \"n\": 1.50\n}"u8);

        Assert.Equal("""{"id":"t1","name":"find","input":{"q":"a\nb","n":1.50}}""", Only().Text());
    }

    [Fact]
    public void ToolResult_PrettyPrintedOutput_BecomesOneLine()
    {
        _writer.ToolResult("t1", "[\n  1,\n  2\n]"u8);

        Assert.Equal((EventKind.ToolResult, """{"id":"t1","output":[1,2]}"""), (Only().Kind, Only().Text()));
    }

    [Fact]
    public void ToolCall_InputThatIsNotJson_IsRefusedAndNotLogged()
    {
        Assert.ThrowsAny<JsonException>(() => _writer.ToolCall("t1", "find", "{\"q\":"u8));

        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public void Delta_InvalidUtf8_IsRepaired()
    {
        _writer.Delta([(byte)'a', 0xC3, (byte)'b']);

        Assert.Equal(("a\ufffdb", 3), (Only().Text(), _writer.Chars));
    }

    [Fact]
    public void Thinking_InvalidUtf8_IsRepaired()
    {
        _writer.Thinking([0xFF]);

        Assert.Equal("\ufffd", Only().Text());
    }

    [Fact]
    public void EmptyText_IsNoEvent()
    {
        _writer.Delta("");
        _writer.Delta(ReadOnlySpan<byte>.Empty);
        _writer.Thinking("");
        _writer.Thinking(ReadOnlySpan<byte>.Empty);

        Assert.Equal((0, RunWriter.NoContent), (_log.Count, _writer.LastContent));
    }

    // A test runner's tables cannot hold half a pair in a string.
    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Delta_LoneSurrogate_BecomesOneReplacementCharacter(int half)
    {
        _writer.Delta($"a{(char)half}b");

        Assert.Equal(("a\ufffdb", 3), (Only().Text(), _writer.Chars));
    }

    [Fact]
    public void Delta_EscapedSurrogatePairCutInTwo_JoinsInAMergedFrame()
    {
        _writer.Delta(Encoding.UTF8.GetBytes(@"\ud83d"));
        _writer.Delta(Encoding.UTF8.GetBytes(@"\ude00"));

        Assert.Equal("😀", JsonSerializer.Deserialize<string>($"\"{Only().Text()}\""));
        Assert.Equal(2, _writer.Chars);
    }

    [Fact]
    public void Delta_EscapedBytes_AreLoggedAsTheyCame()
    {
        _writer.Delta(Encoding.UTF8.GetBytes(@"\u0041\/é"));

        Assert.Equal((@"\u0041\/é", 3), (Only().Text(), _writer.Chars));
    }

    [Fact]
    public void Thinking_DoesNotCountAsAnswer()
    {
        _writer.Thinking("hm");

        Assert.Equal((EventKind.Thinking, 0), (Only().Kind, _writer.Chars));
    }

    [Fact]
    public void LineEnds_InText_AreEscaped()
    {
        _writer.Delta("a\r\nb");

        Assert.Equal(@"a\r\nb", Only().Text());
    }

    [Fact]
    public void Delta_BeyondTheCap_IsRefusedAndCountedNowhere()
    {
        const int Cap = 64 * 1024 * 1024;
        var mebibyte = new byte[1024 * 1024];
        mebibyte.AsSpan().Fill((byte)'a');
        for (var i = 0; i < 63; i++) _writer.Delta(mebibyte);
        _writer.Thinking(mebibyte);

        var refusal = Assert.Throws<ModelException>(() => _writer.Delta("a"));

        Assert.Equal((ErrorCode.UpstreamUnavailable, false), (refusal.Code, refusal.Retryable));
        Assert.Equal((63 * mebibyte.Length, (long)Cap, 64), (_writer.Chars, _writer.BytesSaid, _log.Count));
    }

    [Fact]
    public void ToolResult_BeyondTheCap_IsRefused()
    {
        _writer.Delta(new byte[64 * 1024 * 1024]);

        Assert.Throws<ModelException>(() => _writer.ToolResult("t1", "1"u8));
    }

    private RunFrame Only() => Assert.Single(_log.Frames());
}
