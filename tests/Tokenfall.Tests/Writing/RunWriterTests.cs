namespace Tokenfall.Tests;

public class RunWriterTests
{
    private readonly RunLog _log = new(new FakeTimeProvider());
    private readonly RunWriter _writer;

    public RunWriterTests() => _writer = new RunWriter(_log, new FakeTimeProvider());

    [Fact]
    public void Usage_LaterFigures_ReplaceEarlierOnes()
    {
        _writer.Usage(new TokenUsage { UncachedInputTokens = 10, OutputTokens = 1 });
        _writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 40 });

        Assert.Equal(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 40 }, _writer.Reported);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-5L)]
    public void Usage_NullOrNegative_LeavesWhatIsKnown(long? figure)
    {
        _writer.Usage(new TokenUsage { UncachedInputTokens = 10, CacheReadTokens = 3 });
        _writer.Usage(new TokenUsage { UncachedInputTokens = figure, CacheReadTokens = figure, OutputTokens = 40 });

        Assert.Equal(new TokenUsage { UncachedInputTokens = 10, CacheReadTokens = 3, OutputTokens = 40 }, _writer.Reported);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(long.MaxValue)]
    public void Usage_ThatNoModelHas_IsNeitherPassedOnNorMeasured(long figure)
    {
        _writer.Usage(new TokenUsage { UncachedInputTokens = figure, CacheReadTokens = figure, CacheWriteTokens = figure, OutputTokens = 4, ReasoningTokens = figure });
        _writer.Complete("end_turn");

        var (usage, quality) = UsageEstimate.Of(_writer, null, RunStatus.Done);
        Assert.Equal((null, 4L, UsageQuality.Unknown), (usage.TotalInputTokens, usage.TotalOutputTokens, quality));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Complete_WithoutAReason_MakesNoneUp(string reason)
    {
        _writer.Complete(reason);

        Assert.Equal("unknown", _writer.StopReason);
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
    public void ToolCall_InputThatIsNotJson_IsMarkedAsIncomplete()
    {
        _writer.ToolCall("t1", "find", "{\"q\":"u8);

        Assert.Equal("""{"id":"t1","name":"find","input":"{\u0022q\u0022:","incomplete":true}""", Only().Text());
    }

    [Fact]
    public void Text_InvalidUtf8_IsRepaired()
    {
        _writer.Text([(byte)'a', 0xC3, (byte)'b']);

        Assert.Equal(("a\ufffdb", 3), (Only().Text(), _writer.Chars));
    }

    [Fact]
    public void Reasoning_InvalidUtf8_IsRepaired()
    {
        _writer.Reasoning([0xFF]);

        Assert.Equal("\ufffd", Only().Text());
    }

    [Fact]
    public void EmptyText_IsNoEvent()
    {
        _writer.Text("");
        _writer.Text(ReadOnlySpan<byte>.Empty);
        _writer.Reasoning("");
        _writer.Reasoning(ReadOnlySpan<byte>.Empty);

        Assert.Equal((0, RunWriter.NoSign), (_log.Count, _writer.LastSign));
    }

    // A test runner's tables cannot hold half a pair in a string.
    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Text_LoneSurrogate_BecomesOneReplacementCharacter(int half)
    {
        _writer.Text($"a{(char)half}b");

        Assert.Equal(("a\ufffdb", 3), (Only().Text(), _writer.Chars));
    }

    [Fact]
    public void Text_EscapedSurrogatePairCutInTwo_JoinsInAMergedFrame()
    {
        _writer.Text(Encoding.UTF8.GetBytes(@"\ud83d"));
        _writer.Text(Encoding.UTF8.GetBytes(@"\ude00"));

        Assert.Equal("😀", JsonSerializer.Deserialize<string>($"\"{Only().Text()}\""));
        Assert.Equal(2, _writer.Chars);
    }

    [Fact]
    public void Text_EscapedBytes_AreLoggedAsTheyCame()
    {
        _writer.Text(Encoding.UTF8.GetBytes(@"\u0041\/é"));

        Assert.Equal((@"\u0041\/é", 3), (Only().Text(), _writer.Chars));
    }

    [Fact]
    public void Reasoning_DoesNotCountAsAnswer()
    {
        _writer.Reasoning("hm");

        Assert.Equal((EventKind.Reasoning, 0), (Only().Kind, _writer.Chars));
    }

    [Fact]
    public void LineEnds_InText_AreEscaped()
    {
        _writer.Text("a\r\nb");

        Assert.Equal(@"a\r\nb", Only().Text());
    }

    [Fact]
    public void Text_BeyondTheCap_IsRefusedAndCountedNowhere()
    {
        var mebibyte = new byte[1024 * 1024];
        mebibyte.AsSpan().Fill((byte)'a');
        for (var i = 0; i < 63; i++) _writer.Text(mebibyte);

        var refused = Assert.Throws<ModelException>(() => _writer.Text(mebibyte));

        Assert.Equal((ErrorCode.UpstreamUnavailable, false), (refused.Code, refused.Retryable));
        Assert.Equal((63 * mebibyte.Length, 63L * mebibyte.Length, 63), (_writer.Chars, _writer.OutputBytes, _log.Count));
    }

    // Ten million events of one character would hold far more memory than their text.
    [Fact]
    public void Text_InTinyPieces_CountsTheEntriesToo()
    {
        var pieces = 0;

        void WriteUntilFull()
        {
            for (; ; pieces++) _writer.Text("a"u8);
        }

        Assert.Throws<ModelException>(() => WriteUntilFull());

        Assert.Equal(64 * 1024 * 1024 / (1 + RunLog.EntrySize), pieces);
    }

    [Fact]
    public void ToolResult_BeyondTheCap_IsRefused()
    {
        _writer.Text(new byte[64 * 1024 * 1024 - RunLog.EntrySize]);

        Assert.Throws<ModelException>(() => _writer.ToolResult("t1", "1"u8));
    }

    [Fact]
    public void ToolInput_BeyondOneEvent_IsRefusedAsItComes()
    {
        var mebibyte = Encoding.UTF8.GetBytes(new string('a', 1024 * 1024));
        _writer.BeginToolCall("t1", "x");
        for (var i = 0; i < 16; i++) _writer.ToolInput("t1", mebibyte);

        Assert.Throws<ModelException>(() => _writer.ToolInput("t1", "a"u8));

        Assert.Equal(16 * mebibyte.Length, _log.Frames().Where(frame => frame.Kind == EventKind.ToolInput).Sum(frame => frame.Payload.Length));
    }

    // A test runner's tables cannot hold half a pair in a string.
    [Fact]
    public void HalvesOfSurrogatePairs_InAnyMember_AreReplaced()
    {
        const string Half = "a\ud83d";
        _writer.BeginToolCall(Half, Half);
        _writer.EndToolCall(Half);
        _writer.ToolCall(Half, Half, "{}"u8);
        _writer.ToolResult(Half, "1"u8);
        _writer.Source(new SourceReference { Title = Half, CitedText = Half, Document = Half });
        _writer.File("text/plain", new byte[1], Half);
        _writer.Data(Half, "1"u8);
        _writer.UnknownContent(Half, Half, Half, "1"u8);
        _writer.Complete(Half);

        Assert.All(_log.Frames().Where(frame => !frame.Kind.IsText()), frame =>
            Assert.DoesNotContain("ud83d", frame.Text(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal("a\ufffd", _writer.StopReason);
    }

    private RunFrame Only() => Assert.Single(_log.Frames());
}
