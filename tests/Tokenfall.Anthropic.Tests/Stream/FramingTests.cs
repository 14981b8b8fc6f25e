namespace Tokenfall.Tests;

public sealed class FramingTests
{
    private static readonly string Recorded = Encoding.UTF8.GetString(Wire.Recorded);

    [Fact]
    public async Task Recording_Whole_IsReadToTheByte() => AssertRecorded(await Model.AnswerAsync(Wire.Recorded));

    [Fact]
    public async Task Recording_CutAtEveryPosition_GivesTheSameLog()
    {
        var cut = 0;
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200,
            new ScriptedBody([Wire.Recorded.AsMemory(0, cut), Wire.Recorded.AsMemory(cut)])));
        using var model = new Model(handler);

        for (cut = 1; cut < Wire.Recorded.Length; cut++) AssertRecorded(await model.AskAsync());
    }

    [Fact]
    public async Task Recording_ByteByByte_GivesTheSameLog()
    {
        var bytes = Enumerable.Range(0, Wire.Recorded.Length).Select(i => (ReadOnlyMemory<byte>)Wire.Recorded.AsMemory(i, 1));

        AssertRecorded(await Model.AnswerAsync(() => new ScriptedBody(bytes)));
    }

    [Fact]
    public async Task Recording_WithCrLf_GivesTheSameLog() => await AssertSameAsync(Recorded.Replace("\n", "\r\n", StringComparison.Ordinal));

    [Fact]
    public async Task Recording_WithCr_GivesTheSameLog() => await AssertSameAsync(Recorded.Replace('\n', '\r'));

    [Fact]
    public async Task Recording_WithByteOrderMark_GivesTheSameLog() => await AssertSameAsync('\uFEFF' + Recorded);

    [Fact]
    public async Task Recording_WithComments_GivesTheSameLog() =>
        await AssertSameAsync(": hello\n\n" + Recorded.Replace("data:", ": data: {}\n:\ndata:", StringComparison.Ordinal));

    [Fact]
    public async Task Recording_WithoutNamesAndSpaces_GivesTheSameLog() =>
        await AssertSameAsync(string.Join('\n', Recorded.Split('\n').Where(line => !line.StartsWith("event:", StringComparison.Ordinal)))
            .Replace("data: ", "data:", StringComparison.Ordinal));

    [Fact]
    public async Task Recording_WithDataOverSeveralLines_GivesTheSameLog() =>
        await AssertSameAsync(Recorded.Replace(",\"", ",\ndata: \"", StringComparison.Ordinal));

    [Theory]
    [InlineData("hello")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("""{"type":"ping" """)]
    [InlineData("""{"type":"ping"}{"type":"ping"}""")]
    [InlineData("""{"type":"content_block_delta","delta":{"type":"text_delta","text":"\x"}}""")]
    [InlineData("<html>502 Bad Gateway</html>")]
    public async Task Event_ThatIsNoJsonObject_FailsTheRun(string data)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Text("a"), data));

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.True(answer.Fault.Retryable);
        Assert.Contains("cannot be read", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Equal("req_1", answer.Fault.UpstreamRequestId);
        Assert.Equal("a", answer.Text);
    }

    [Theory]
    [InlineData(": PROCESSING")]
    [InlineData("PROCESSING")]
    [InlineData("null")]
    [InlineData("{broken")]
    public async Task Event_OfAGatewaysWithoutAName_IsSkipped(string data)
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes(
            Wire.Event(Wire.Text("a")) + $"data: {data}\n\n" + Wire.Event(Wire.Text("b")) + Wire.Event(Wire.Ended("end_turn", 1)) + Wire.Event(Wire.Stop)));

        Assert.Equal(("ab", "end_turn"), (answer.Text, answer.StopReason));
    }

    [Theory]
    [InlineData("event: ping\ndata: keep\n\n")]
    [InlineData("event: ping\ndata: {\n\n")]
    [InlineData("event: heartbeat\ndata: 1\n\n")]
    [InlineData("event: message\ndata: : PROCESSING\n\n")]
    [InlineData("event:\ndata: : PROCESSING\n\n")]
    public async Task Event_ThatOnlyKeepsTheConnectionAlive_IsSkippedWhateverItHolds(string keepAlive)
    {
        var answer = await Model.AnswerAsync([.. Wire.Stream(Wire.Start, Wire.Text("a")), .. Encoding.UTF8.GetBytes(keepAlive), .. Wire.Stream(Wire.Text("b"), Wire.Ended("end_turn", 1), Wire.Stop)]);

        Assert.Equal(("ab", "end_turn"), (answer.Text, answer.StopReason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("event: message\n")]
    public async Task Event_DamagedInAStreamWithoutNames_FailsTheRun(string name)
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes($"{name}data: {Wire.Text("a")}\n\n{name}data: {{\"type\":\"content_bl\n\n"));

        Assert.Equal("upstream_unavailable", answer.Code);
    }

    [Fact]
    public async Task Event_LargerThanAMegabyte_LeavesTheAnswerWhole()
    {
        var page = new string('x', 1_400_000);
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, $$"""{"type":"web_fetch_tool_result","tool_use_id":"t","content":{"source":{"data":"{{page}}","media_type":"text/plain"} } }"""),
            Wire.EndBlock(0), Wire.Text("a")));

        Assert.Equal((EventKind.Done, "a"), (answer.End, answer.Text));
    }

    [Fact]
    public async Task Line_LongerThanTheLimit_FailsTheRun()
    {
        var body = new ScriptedBody(Endless("data: ", "aaaaaaaaaaaaaaaa"));

        var answer = await Model.AnswerAsync(() => body);

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.False(answer.Fault.Retryable);
        Assert.Contains("longer than 16777216 bytes", answer.Fault.Message, StringComparison.Ordinal);
        Assert.True(body.Disposed.IsCompleted);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public async Task Event_OfEndlesslyManyLines_FailsTheRun(string lineEnd)
    {
        var answer = await Model.AnswerAsync(() => new ScriptedBody(Endless(": hello\n", $"data: aaaaaaaaaa{lineEnd}")));

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.False(answer.Fault.Retryable);
        Assert.Contains("longer than 16777216 bytes", answer.Fault.Message, StringComparison.Ordinal);
    }

    // Each is held until its end: what is open counts.
    [Theory]
    [InlineData("arguments", "arguments of more than 16,777,216 bytes")]
    [InlineData("blocks", "more than 1,000 open tool calls")]
    [InlineData("large blocks", "passed 67,108,864 bytes")]
    [InlineData("parts", "more than 65,535 parts")]
    [InlineData("signatures", "more than 65,535 parts")]
    public async Task Stream_ThatNeverEnds_FailsTheRunAtItsBound(string kind, string says)
    {
        var blocks = 0;
        var piece = new string('a', 100_000);
        string Next() => kind switch
        {
            "arguments" => Wire.Json(0, piece),
            "blocks" => Wire.Block(++blocks, $$"""{"type":"tool_use","id":"t{{blocks}}","name":"x"}"""),
            "large blocks" => Wire.Block(++blocks, $$"""{"type":"tool_use","id":"t{{blocks}}","name":"x","input":{"a":"{{piece}}"} }"""),
            "parts" => string.Concat(Enumerable.Repeat(Wire.Block(0, """{"type":"text","text":"a"}""") + "\n\ndata: ", 1000)) + Wire.Text("a"),
            _ => Wire.Delta(0, """{"type":"signature_delta","signature":"a"}"""),
        };

        IEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            yield return Wire.Stream(Wire.Start, Wire.Block(0, """{"type":"tool_use","id":"t","name":"x"}"""));
            while (true) yield return Wire.Stream(Next());
        }

        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Endless())));
        using var model = new Model(handler);
        var (run, witness) = await model.StartAsync();
        await run.Ended;

        var fault = Assert.IsType<ModelException>(witness.Failure);
        Assert.Equal((ErrorCode.UpstreamUnavailable, false), (fault.Code, fault.Retryable));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public async Task Stream_OfManyEventsBeyondTheLimit_IsRead(string lineEnd)
    {
        var text = new string('x', 6_000_000);
        var stream = Encoding.UTF8.GetString(Wire.Whole(Wire.Text(text), Wire.Text(text), Wire.Text(text)));

        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes(stream.Replace("\n", lineEnd, StringComparison.Ordinal)));

        Assert.Equal(18_000_000, answer.Text.Length);
        Assert.Equal(EventKind.Done, answer.End);
    }

    private static async Task AssertSameAsync(string stream) => AssertRecorded(await Model.AnswerAsync(Encoding.UTF8.GetBytes(stream)));

    private static void AssertRecorded(Answer answer)
    {
        Assert.Equal("The user asks\\nfor “é”.", answer.Thinking);
        Assert.Equal("Hello,\\n\\\"w\\u00f6rld\\\" \\\\ \\/ 東京 😶‍🌫️ \\ud83d\\ude00", answer.Text);
        Assert.Equal("Ærøskøbing", Tool.Of(Assert.Single(answer.Tools)).Input.GetProperty("city").GetString());
        Assert.Equal("tool_use", answer.StopReason);
        Assert.Equal((25, 89), (answer.InputTokens, answer.OutputTokens));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Endless(string start, string piece)
    {
        yield return Encoding.UTF8.GetBytes(start);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 4096)));
        while (true) yield return bytes;
    }
}
