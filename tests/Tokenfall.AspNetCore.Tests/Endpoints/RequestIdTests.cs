using Microsoft.Extensions.Logging;

namespace Tokenfall.AspNetCore.Tests;

public sealed class RequestIdTests
{
    [Fact]
    public async Task Error_RequestId_IsInTheLogWithTheDetailThatTheReaderDoesNotGet()
    {
        await using var asked = await Asked.StartAsync();
        var (app, stream, answer) = asked;

        answer.Fail(new ModelException(ErrorCode.RateLimited, "sk-secret said no", retryable: true, new InvalidOperationException("inner secret"))
        {
            RetryAfter = TimeSpan.FromSeconds(6.2),
            UpstreamRequestId = "req_upstream",
        });

        var end = (await stream.ToEndAsync())[^1];
        var error = end.Json;
        Assert.Equal("rate_limited", error.GetProperty("code").GetString());
        Assert.True(error.GetProperty("retryable").GetBoolean());
        Assert.Equal(7, error.GetProperty("retry_after").GetInt32());
        Assert.DoesNotContain("secret", stream.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("req_upstream", stream.Text, StringComparison.Ordinal);
        // Readers get the end before it is logged.
        await app.Logs.SaidAsync($"Run {end.Run} failed");
        var logged = Assert.Single(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        Assert.Contains(error.GetProperty("request_id").GetString()!, logged.Message, StringComparison.Ordinal);
        Assert.Contains("sk-secret said no", logged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_ReadByALaterReader_HasTheRequestIdOfTheRequestThatStarted()
    {
        await using var talk = await Talk.StartAsync();
        using var first = await talk.ReadAsync();
        using var second = await talk.ReadAsync();

        talk.Answer.BreakOff();

        Assert.Equal((await first.ToEndAsync())[^1].Data, (await second.ToEndAsync())[^1].Data);
    }
}
