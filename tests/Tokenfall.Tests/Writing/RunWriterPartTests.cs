namespace Tokenfall.Tests;

public class RunWriterPartTests
{
    private readonly RunLog _log = new(new FakeTimeProvider());
    private readonly RunWriter _writer;

    public RunWriterPartTests() => _writer = new RunWriter(_log, new FakeTimeProvider());

    [Fact]
    public void BeginToolCall_WithTheIdOfAnOpenOne_EndsThatFirst()
    {
        _writer.BeginToolCall("t", "find");
        _writer.ToolInput("t", "{\"a\":1}");
        _writer.BeginToolCall("t", "find");
        _writer.ToolInput("t", ReadOnlySpan<char>.Empty);
        _writer.EndToolCall("t");

        Assert.Equal(
            ["""{"id":"t","name":"find","input":{"a":1}}""", """{"id":"t","name":"find","input":{}}"""],
            _log.Frames().Where(frame => frame.Kind == EventKind.ToolCall).Select(frame => frame.Text()));
    }

    [Fact]
    public void Text_InPieces_IsOnePart()
    {
        _writer.Text("a");
        _writer.Text("b");

        Assert.Equal((1, "ab"), (Only().Part, Only().Text()));
    }

    [Fact]
    public void Text_AfterEndPart_IsAnotherPartAndNotMerged()
    {
        _writer.Text("a");
        _writer.EndPart();
        _writer.Text("b");

        Assert.Equal([(1, "a"), (2, "b")], _log.Frames().Select(frame => (frame.Part, frame.Text())));
    }

    [Fact]
    public void Text_AfterReasoningAndCalls_IsCountedWithinItsKind()
    {
        _writer.Reasoning("hm");
        _writer.Text("a");
        _writer.ToolCall("t1", "x", "{}"u8);
        _writer.Reasoning("hm");
        _writer.Text("b");

        Assert.Equal([1, 1, 1, 2, 2], _log.Frames().Select(frame => frame.Part));
    }

    [Fact]
    public void ToolInput_Pieces_BelongToTheirCallAndComeWithIt()
    {
        _writer.BeginToolCall("t1", "one");
        _writer.BeginToolCall("t2", "two");
        _writer.ToolInput("t1", "{\"a\":");
        _writer.ToolInput("t2", "{}");
        _writer.ToolInput("t1", "1}");
        _writer.EndToolCall("t2");
        _writer.EndToolCall("t1");
        _writer.ToolResult("t2", "2"u8);

        Assert.Equal(
            ["ToolStart 1", "ToolStart 2", "ToolInput 1", "ToolInput 2", "ToolInput 1", "ToolCall 2", "ToolCall 1", "ToolResult 2"],
            _log.Frames().Select(frame => $"{frame.Kind} {frame.Part}"));
        Assert.Equal("""{"id":"t1","name":"one","input":{"a":1}}""", _log.Frames()[6].Text());
    }

    [Fact]
    public void EndToolCall_WithoutInput_HasAnEmptyObject()
    {
        _writer.BeginToolCall("t1", "now");
        _writer.EndToolCall("t1");

        Assert.Equal("""{"id":"t1","name":"now","input":{}}""", _log.Frames()[^1].Text());
    }

    [Fact]
    public void EndToolCall_WithHalfItsInput_IsMarkedAsIncomplete()
    {
        _writer.BeginToolCall("t1", "find", ToolCallTraits.ProviderExecuted);
        _writer.ToolInput("t1", "[1,");
        _writer.EndToolCall("t1");

        Assert.Equal("""{"id":"t1","name":"find","input":"[1,","incomplete":true,"provider_executed":true}""", _log.Frames()[^1].Text());
    }

    [Fact]
    public void ToolInput_OfACallThatWasNotBegun_NamesTheMissingCall()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => _writer.ToolInput("t1", "{}"));

        Assert.Contains("BeginToolCall", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BeginToolCall_EndlesslyMany_IsRefused()
    {
        for (var i = 0; i < 1000; i++) _writer.BeginToolCall($"t{i}", "x");

        Assert.Throws<ModelException>(() => _writer.BeginToolCall("one more", "x"));
    }

    // Bytes and characters: both roads keep half a pair until the other half comes.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Surrogates_CutBetweenPieces_AreNeverApartInTheLog(bool escaped)
    {
        if (escaped)
        {
            _writer.Text(Encoding.UTF8.GetBytes(@"a\ud83d"));
            _writer.Text(Encoding.UTF8.GetBytes(@"\ude00b"));
        }
        else
        {
            _writer.Text("a\ud83d".AsSpan());
            _writer.Text("\ude00b".AsSpan());
        }

        var pieces = Enumerable.Range(0, _log.Count).Select(after => { _log.TryRead(after, merge: false, out var frame); return Decode(frame); });
        Assert.Equal(["a", "😀b"], pieces);
        Assert.Equal(4, _writer.Chars);
    }

    [Fact]
    public void Surrogate_WhoseOtherHalfNeverComes_IsReplacedWhenItsPartEnds()
    {
        _writer.Text("a\ud83d".AsSpan());
        _writer.Reasoning("hm");

        Assert.Equal(["a\ufffd", "hm"], _log.Frames().Select(Decode));
        Assert.Equal(2, _writer.Chars);
    }

    [Theory]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void LineSeparators_AreSpelledAlikeForEverySource(string separator)
    {
        _writer.Text($"a{separator}b");
        _writer.EndPart();
        _writer.Text(Encoding.UTF8.GetBytes($"a{separator}b"));

        var frames = _log.Frames();
        Assert.Equal(frames[0].Text(), frames[1].Text());
        Assert.Equal(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a\\u{(int)separator[0]:x4}b"), frames[0].Text(), ignoreCase: true);
    }

    [Fact]
    public void ToolResult_WithALoneSurrogate_IsStrictJson()
    {
        _writer.ToolResult("t1", Encoding.UTF8.GetBytes("""{"a":"\ud83d","b":"\\ud83d","c":"\ud83d\ude00"}"""));

        var output = JsonDocument.Parse(Only().Payload).RootElement.GetProperty("output");
        Assert.Equal(("\ufffd", @"\ud83d", "😀"), (output.String("a"), output.String("b"), output.String("c")));
    }

    [Fact]
    public void ToolResults_AreNotTheModelsOutput()
    {
        _writer.ToolResult("t1", Encoding.UTF8.GetBytes($"\"{new string('x', 5000)}\""));

        Assert.Equal(0, _writer.OutputBytes);
    }

    [Fact]
    public void Opaque_IsInTheLogAndNotForReaders()
    {
        var run = TestRuns.Bare();
        var writer = new RunWriter(run.Log, new FakeTimeProvider());
        writer.Opaque("anthropic", "claude", "signature", "\"abc\""u8);
        writer.Text("a");

        using var reader = run.Read();
        Assert.True(reader.TryRead(out var frame));
        Assert.Equal((EventKind.Text, 2, 2), (frame.Kind, frame.Number, run.Log.Count));
        Assert.Equal("""{"provider":"anthropic","model":"claude","type":"signature","value":"abc"}""", run.Log.Frames()[0].Text());
    }

    [Fact]
    public void UnknownContent_IsKeptAndReadersAreToldItsType()
    {
        _writer.UnknownContent("anthropic", null, "hologram", """{"secret":1}"""u8);

        Assert.Equal(
            [(EventKind.Opaque, """{"provider":"anthropic","type":"hologram","value":{"secret":1}}"""), (EventKind.Data, """{"name":"unknown_content","value":{"type":"hologram"}}""")],
            _log.Frames().Select(frame => (frame.Kind, frame.Text())));
    }

    [Fact]
    public void SourcesFilesAndData_SayWhatTheyAre()
    {
        _writer.Source(new SourceReference { Url = "https://example.org/a", Title = "A", CitedText = "x", Start = 1, End = 2 });
        _writer.Source(new SourceReference { Document = "0" });
        _writer.File("image/png", new byte[] { 1, 2 }, "a.png");
        _writer.File("text/html", new Uri("https://example.org/b"));
        _writer.Data("progress", "0.5"u8);

        Assert.Equal(
            [
                """{"type":"url","url":"https://example.org/a","title":"A","cited_text":"x","start":1,"end":2}""",
                """{"type":"document","document":"0"}""",
                """{"media_type":"image/png","data":"AQI=","name":"a.png"}""",
                """{"media_type":"text/html","url":"https://example.org/b"}""",
                """{"name":"progress","value":0.5}""",
            ],
            _log.Frames().Select(frame => frame.Text()));
        Assert.Equal([1, 2, 1, 2, 1], _log.Frames().Select(frame => frame.Part));
    }

    // A page makes a link of an address.
    [Fact]
    public void Addresses_ThatAreNotOfTheWeb_AreNeverLinks()
    {
        _writer.Source(new SourceReference { Url = "javascript:alert(1)", Title = "A" });
        _writer.File("text/html", new Uri("file:///etc/passwd"));

        Assert.Equal(
            ["""{"type":"document","title":"A","document":"javascript:alert(1)"}""", """{"name":"unknown_content","value":{"type":"file"}}"""],
            _log.Frames().Where(frame => frame.Kind != EventKind.Opaque).Select(frame => frame.Text()));
    }

    [Fact]
    public void File_TooLargeForOneEvent_IsRefused() =>
        Assert.Throws<ModelException>(() => _writer.File("image/png", new byte[16 * 1024 * 1024]));

    [Theory]
    [InlineData(DataNames.UnknownContent)]
    [InlineData(DataNames.StopDetails)]
    public void Data_UnderAReservedName_IsRefusedAndNamesIt(string name)
    {
        var refusal = Assert.Throws<ArgumentException>(() => _writer.Data(name, "1"u8));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, _log.Count);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("end_turn", false)]
    public void OpenCall_WhenTheRunEnds_IsCompleteOnlyIfTheAnswerIs(string? stopReason, bool incomplete)
    {
        _writer.BeginToolCall("t1", "find");
        _writer.ToolInput("t1", "[1]");
        if (stopReason is not null) _writer.Complete(stopReason);
        _writer.Finish();

        Assert.Equal(
            incomplete ? """{"id":"t1","name":"find","input":"[1]","incomplete":true}""" : """{"id":"t1","name":"find","input":[1]}""",
            _log.Frames()[^1].Text());
    }

    // What the writer continues must be what a reader that resumes is told is open.
    [Fact]
    public void RandomEvents_OpenPartsOfTheLogAreThoseThatTheWriterContinues() => Gen.Int[0, 29].Array[1, 100].Sample(acts =>
    {
        var log = new RunLog(new FakeTimeProvider());
        var writer = new RunWriter(log, new FakeTimeProvider());
        var open = new List<string>();
        foreach (var act in acts)
        {
            Act(writer, open, act);
            var text = log.OpenPartsAt(log.Count).Where(part => part.Kind == PartKind.Text).Select(part => part.Number).SingleOrDefault();
            var last = log.Frames().Where(frame => frame.Kind == EventKind.Text).Select(frame => frame.Part).DefaultIfEmpty().Max();
            if (act % 3 != 0) continue;
            writer.Text("x");
            Assert.Equal(text == 0 ? last + 1 : text, log.Frames()[^1].Part);
        }
        Assert.Equal(open.Count, log.OpenPartsAt(log.Count).Count(part => part.Kind == PartKind.ToolCall));
    }, iter: 100);

    private static void Act(RunWriter writer, List<string> open, int act)
    {
        switch (act / 5)
        {
            case 0: writer.Text("a"); break;
            case 1: writer.Reasoning("b"); break;
            case 2: open.Add($"t{Guid.NewGuid()}"); writer.BeginToolCall(open[^1], "x"); break;
            case 3 when open.Count > 0: writer.ToolInput(open[act % open.Count], "1"); break;
            case 4 when open.Count > 0: var id = open[act % open.Count]; open.Remove(id); writer.EndToolCall(id); break;
            default: writer.Data("d", "1"u8); break;
        }
    }

    private static string Decode(RunFrame frame) => JsonSerializer.Deserialize<string>($"\"{frame.Text()}\"")!;

    private RunFrame Only() => Assert.Single(_log.Frames());
}
