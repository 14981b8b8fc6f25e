using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Tests;

/// <summary>Answers that are no stream.</summary>
public sealed class RejectionTests
{
    [Theory]
    [InlineData(400, "invalid_request_error", "invalid_request", false)]
    [InlineData(401, "authentication_error", "upstream_unavailable", false)]
    [InlineData(401, "invalid_request_error", "upstream_unavailable", false)]
    [InlineData(402, "billing_error", "upstream_unavailable", false)]
    [InlineData(403, "permission_error", "upstream_unavailable", false)]
    [InlineData(404, "not_found_error", "upstream_unavailable", false)]
    [InlineData(409, "conflict_error", "upstream_unavailable", true)]
    [InlineData(413, "request_too_large", "invalid_request", false)]
    [InlineData(422, "an_error_of_tomorrow", "invalid_request", false)]
    [InlineData(429, "rate_limit_error", "rate_limited", true)]
    [InlineData(500, "api_error", "upstream_unavailable", true)]
    [InlineData(500, "overloaded_error", "overloaded", true)]
    [InlineData(503, "an_error_of_tomorrow", "overloaded", true)]
    [InlineData(504, "timeout_error", "upstream_timeout", true)]
    [InlineData(529, "overloaded_error", "overloaded", true)]
    public async Task Refusal_WithAType_IsClassified(int status, string type, string code, bool retryable)
    {
        var answer = await RefuseAsync(status, Wire.Error(type, "Because."));

        Assert.Equal(code, answer.Code);
        Assert.Equal(retryable, answer.Fault.Retryable);
        Assert.Contains($"https://api.anthropic.com/v1/messages answered {status} {type}: Because.", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Equal("req_1", answer.Fault.UpstreamRequestId);
    }

    [Theory]
    [InlineData(302, "upstream_unavailable", false)]
    [InlineData(400, "invalid_request", false)]
    [InlineData(407, "invalid_request", false)]
    [InlineData(413, "invalid_request", false)]
    [InlineData(429, "rate_limited", true)]
    [InlineData(502, "upstream_unavailable", true)]
    [InlineData(503, "overloaded", true)]
    [InlineData(524, "upstream_timeout", true)]
    [InlineData(529, "overloaded", true)]
    public async Task Refusal_WithAPageOfAProxy_IsClassifiedByItsStatus(int status, string code, bool retryable)
    {
        var answer = await RefuseAsync(status, "<html>Bad</html>", contentType: "text/html");

        Assert.Equal(code, answer.Code);
        Assert.Equal(retryable, answer.Fault.Retryable);
        Assert.Contains($"answered {status} with a body of type text/html", answer.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, """{"type":"error","error":{"type":"rate_limit_error","message":"No.","details":{"error_code":"enforced_spend_limit_reached"}}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Your organization's spend limit was reached."}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits."}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low."}}""")]
    public async Task Refusal_ForASpendLimit_IsTheOperatorsToSolve(int status, string body)
    {
        var answer = await RefuseAsync(status, body);

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.False(answer.Fault.Retryable);
        Assert.Contains("Anthropic console", answer.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("Tue, 01 Jan 2030 00:00:30 GMT", 30.0)]
    [InlineData("Mon, 31 Dec 2029 23:00:00 GMT", 0.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("86401", 86400.0)]
    [InlineData("250000000000", 86400.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86400.0)]
    [InlineData("NaN", null)]
    [InlineData("-5", null)]
    [InlineData("1e9", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Refusal_RetryAfter_IsPassedOn(string? header, double? seconds)
    {
        var answer = await RefuseAsync(429, Wire.Error("rate_limit_error", "Slow."), headers =>
        {
            if (header is not null) headers.TryAddWithoutValidation("Retry-After", header);
        });

        Assert.Equal(seconds, answer.Fault.RetryAfter?.TotalSeconds);
        Assert.Equal(seconds, answer.Terminal.Error!.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Refusal_RequestIdOnlyInTheBody_IsKept()
    {
        var answer = await RefuseAsync(500, """{"type":"error","error":{"type":"api_error","message":"Oops."},"request_id":"req_body"}""",
            headers => headers.Remove("request-id"));

        Assert.Equal("req_body", answer.Fault.UpstreamRequestId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"error":"Overloaded"}""")]
    [InlineData("""{"error":{"type":"\ud83d"}}""")]
    public async Task Refusal_WithABodyOfAnotherShape_IsClassifiedByItsStatus(string body) =>
        Assert.Equal("overloaded", (await RefuseAsync(529, body)).Code);

    [Fact]
    public async Task Refusal_WithAnEndlessBody_IsReadInPartOnly()
    {
        var pieces = Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[1000], int.MaxValue);
        var body = new ScriptedBody(pieces);

        var answer = await Model.RespondAsync(() => ScriptedHandler.Response(529, body, "application/json"));

        Assert.Equal("overloaded", answer.Code);
        Assert.True(body.Disposed.IsCompleted);
    }

    [Fact]
    public async Task Refusal_WithABodyThatHangs_IsClassifiedAfterFiveSeconds()
    {
        var time = new FakeTimeProvider();
        var body = new ScriptedBody("{"u8.ToArray(), BodyEnding.Hang);

        var asking = Model.RespondAsync(() => ScriptedHandler.Response(529, body, "application/json"), time);
        await body.Waiting;
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("overloaded", (await asking).Code);
        Assert.True(body.Disposed.IsCompleted);
    }

    [Fact]
    public async Task Refusal_WithABodyThatBreaks_IsClassifiedByItsStatus()
    {
        var answer = await Model.RespondAsync(() => ScriptedHandler.Response(529, new ScriptedBody("{"u8.ToArray(), BodyEnding.Break)));

        Assert.Equal("overloaded", answer.Code);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/event-stream;")]
    [InlineData("Text/Event-Stream; charset=utf-8")]
    public async Task Answer_OfTypeEventStream_IsRead(string contentType)
    {
        var answer = await Model.RespondAsync(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Whole(Wire.Text("a"))), contentType));

        Assert.Equal("a", answer.Text);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("application/json")]
    [InlineData("text/event-stream-not")]
    public async Task Answer_OfAnotherType_IsRefusedAndNamed(string contentType)
    {
        var answer = await Model.RespondAsync(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Whole(Wire.Text("a"))), contentType));

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.Contains(contentType, answer.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("Tokenfall:Anthropic:BaseUrl", answer.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_InWordsOfControlCharacters_IsOneShortLine()
    {
        var answer = await RefuseAsync(400, Wire.Error("invalid_request_error", "one\\ntwo\\u001b[31m" + new string('x', 5000)));

        Assert.DoesNotContain(answer.Fault.Message, char.IsControl);
        Assert.Contains("one two", answer.Fault.Message, StringComparison.Ordinal);
        Assert.InRange(answer.Fault.Message.Length, 500, 700);
    }

    private static Task<Answer> RefuseAsync(int status, string body, Action<HttpResponseHeaders>? headers = null, string contentType = "application/json") =>
        Model.RespondAsync(() =>
        {
            var response = ScriptedHandler.Response(status, new ScriptedBody(Encoding.UTF8.GetBytes(body)), contentType);
            headers?.Invoke(response.Headers);
            return response;
        }, new FakeTimeProvider(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
