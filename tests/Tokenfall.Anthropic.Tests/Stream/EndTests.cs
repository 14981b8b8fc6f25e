using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Tests;

public sealed class EndTests
{
    [Theory]
    [InlineData("end_turn")]
    [InlineData("max_tokens")]
    [InlineData("stop_sequence")]
    [InlineData("tool_use")]
    [InlineData("pause_turn")]
    [InlineData("refusal")]
    [InlineData("model_context_window_exceeded")]
    public async Task MessageStop_AfterAStopReason_CompletesWithIt(string reason)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Ended(reason, 1), Wire.Stop));

        Assert.Equal(EventKind.Done, answer.End);
        Assert.Equal(reason, answer.StopReason);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":""}}""")]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":5}}""")]
    [InlineData("""{"type":"message_delta","delta":null,"usage":{"output_tokens":1}}""")]
    public async Task MessageStop_WithoutAStopReason_MakesNoneUp(string last)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), last, Wire.Stop));

        Assert.Equal((EventKind.Done, "unknown"), (answer.End, answer.StopReason));
    }

    [Fact]
    public async Task MessageStop_WithMoreBehindIt_EndsTheAnswer()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Stop, Wire.Text("b"), Wire.Error("api_error", "late")));

        Assert.Equal("a", answer.Text);
        Assert.Equal(EventKind.Done, answer.End);
    }

    [Fact(Timeout = 30_000)]
    public async Task MessageStop_WhenTheServerLingers_EndsTheAnswerAtOnceAndTheConnectionSoon()
    {
        var time = new FakeTimeProvider();
        var body = new ScriptedBody(Wire.Whole(Wire.Text("a")), BodyEnding.Hang);

        var answer = await Model.RespondAsync(() => ScriptedHandler.Response(200, body), time);

        Assert.Equal(EventKind.Done, answer.End);
        await body.Waiting;
        Assert.False(body.Disposed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await body.Disposed;
    }

    [Fact]
    public async Task Stream_ThatEndsWithoutMessageStop_IsTruncated()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Ended("end_turn", 1)));

        Assert.Equal("truncated", answer.Code);
        Assert.Null(answer.Failure);
    }

    [Fact]
    public async Task Stream_ThatEndsInsideMessageStop_IsTruncated()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Text("a"))[..^1]);

        Assert.Equal("truncated", answer.Code);
    }

    [Fact]
    public async Task Stream_ThatBreaks_FailsTheRun()
    {
        var body = new ScriptedBody(Wire.Stream(Wire.Start, Wire.Text("a")), BodyEnding.Break);

        var answer = await Model.AnswerAsync(() => body);

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.True(answer.Fault.Retryable);
        Assert.Contains("broke in the middle of the answer", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Equal("req_1", answer.Fault.UpstreamRequestId);
        Assert.True(body.Disposed.IsCompleted);
    }

    [Theory]
    [InlineData("overloaded_error", "overloaded", true)]
    [InlineData("rate_limit_error", "rate_limited", true)]
    [InlineData("api_error", "upstream_unavailable", true)]
    [InlineData("timeout_error", "upstream_timeout", true)]
    [InlineData("invalid_request_error", "invalid_request", false)]
    [InlineData("request_too_large", "invalid_request", false)]
    [InlineData("authentication_error", "upstream_unavailable", false)]
    [InlineData("permission_error", "upstream_unavailable", false)]
    [InlineData("billing_error", "upstream_unavailable", false)]
    [InlineData("not_found_error", "upstream_unavailable", false)]
    [InlineData("an_error_of_tomorrow", "upstream_unavailable", true)]
    public async Task Error_InTheStream_IsClassifiedByItsType(string type, string code, bool retryable)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Error(type, "Because.")));

        Assert.Equal(code, answer.Code);
        Assert.Equal(retryable, answer.Fault.Retryable);
        Assert.Contains($"{type}: Because.", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Equal("req_1", answer.Fault.UpstreamRequestId);
        Assert.Equal("a", answer.Text);
    }

    [Theory]
    [InlineData("""{"error":{"type":"overloaded_error","message":"Overloaded"}}""")]
    [InlineData("""{"type":"overloaded_error","error":{"type":"overloaded_error"}}""")]
    [InlineData("""{"error":{"message":"busy","code":529}}""")]
    [InlineData("""{"type":"ping","error":{"type":"overloaded_error"}}""")]
    [InlineData("""{"type":"message_delta","delta":{},"error":{"type":"overloaded_error"}}""")]
    [InlineData("""{"type":"message_stop","error":{"type":"overloaded_error"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{},"error":{"type":"overloaded_error"}}""")]
    [InlineData("""{"type":"overloaded_error","message":"Overloaded"}""")]
    [InlineData("""{"statusCode":529,"message":"busy"}""")]
    [InlineData("""{"error":{"message":"busy","type":"None","code":"529"}}""")]
    [InlineData("""{"error":{"message":"busy","code":"server_overloaded"}}""")]
    [InlineData("""{"success":false,"errors":[{"code":529,"message":"busy"}]}""")]
    public async Task Error_InAnotherWrapping_FailsTheRunAtOnce(string data)
    {
        var body = new ScriptedBody(Encoding.UTF8.GetBytes(Wire.Event(Wire.Text("a")) + $"data: {data}\n\n"), BodyEnding.Hang);

        var answer = await Model.AnswerAsync(() => body);

        Assert.Equal(("overloaded", true), (answer.Code, answer.Fault.Retryable));
        Assert.Equal("a", answer.Text);
    }

    [Theory]
    [InlineData("""{"type":"overloaded_error","message":"Overloaded"}""", "overloaded")]
    [InlineData("""{"error":"Overloaded"}""", "upstream_unavailable")]
    [InlineData("Overloaded", "upstream_unavailable")]
    [InlineData("[\"Overloaded\"]", "upstream_unavailable")]
    [InlineData("""{"type":"error","error":{"type":"rate_limit_exceeded","message":"Overloaded"}}""", "rate_limited")]
    public async Task Error_KnownByItsEventsNameAlone_FailsTheRunWithItsWords(string data, string code)
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes($"event: error\ndata: {data}\n\n"));

        Assert.Equal((code, true), (answer.Code, answer.Fault.Retryable));
        Assert.Contains("Overloaded", answer.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_InAJsonBodyWithStatus200_IsClassified()
    {
        var answer = await Model.RespondAsync(() => ScriptedHandler.Response(200, new ScriptedBody(Encoding.UTF8.GetBytes(Wire.Error("overloaded_error", "No."))), "application/json"));

        Assert.Equal("overloaded", answer.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    public async Task Error_AsTheWholeBodyOfAnEventStream_IsClassified(string lineEnd)
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes(Wire.Error("overloaded_error", "No.") + lineEnd));

        Assert.Equal(("overloaded", true), (answer.Code, answer.Fault.Retryable));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(": hello\n\n")]
    [InlineData("data: {\"type\":\"message_start\",\"message\":{}}\n\ndata: {\"type\":\"ping\"}\n\n")]
    public async Task Stream_ThatEndsBeforeAnyContent_IsAPassingFault(string stream)
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes(stream));

        Assert.Equal((ErrorCode.Truncated, true), (answer.Fault.Code, answer.Fault.Retryable));
    }

    [Theory]
    [InlineData("""{"type":"error"}""")]
    [InlineData("""{"type":"error","error":"Overloaded"}""")]
    [InlineData("""{"type":"error","error":{"type":5,"message":[]}}""")]
    public async Task Error_OfAnotherShape_FailsTheRunAllTheSame(string data)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(data));

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.True(answer.Fault.Retryable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[DONE]")]
    public async Task Error_WithoutAWord_FailsTheRunAtOnce(string data)
    {
        var body = new ScriptedBody(Encoding.UTF8.GetBytes(Wire.Event(Wire.Text("a")) + $"event: error\ndata: {data}\n\n"), BodyEnding.Hang);

        Assert.Equal("upstream_unavailable", (await Model.AnswerAsync(() => body)).Code);
    }

    [Fact]
    public async Task Event_ThatTellsHowThingsStand_IsNoError()
    {
        var answer = await Model.AnswerAsync(Wire.Whole("""{"type":"status","status":200,"message":"ok","error":null,"errors":[]}""", Wire.Text("a")));

        Assert.Equal(("a", EventKind.Done), (answer.Text, answer.End));
    }
}
