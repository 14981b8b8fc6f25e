using System.Net;

namespace Tokenfall.Tests;

public class UpstreamErrorsTests
{
    [Theory]
    [InlineData(429, ErrorCode.RateLimited, true)]
    [InlineData(503, ErrorCode.Overloaded, true)]
    [InlineData(529, ErrorCode.Overloaded, true)]
    [InlineData(408, ErrorCode.UpstreamTimeout, true)]
    [InlineData(504, ErrorCode.UpstreamTimeout, true)]
    [InlineData(522, ErrorCode.UpstreamTimeout, true)]
    [InlineData(524, ErrorCode.UpstreamTimeout, true)]
    [InlineData(409, ErrorCode.UpstreamUnavailable, true)]
    [InlineData(500, ErrorCode.UpstreamUnavailable, true)]
    [InlineData(502, ErrorCode.UpstreamUnavailable, true)]
    [InlineData(520, ErrorCode.UpstreamUnavailable, true)]
    [InlineData(401, ErrorCode.UpstreamUnavailable, false)]
    [InlineData(402, ErrorCode.UpstreamUnavailable, false)]
    [InlineData(403, ErrorCode.UpstreamUnavailable, false)]
    [InlineData(404, ErrorCode.UpstreamUnavailable, false)]
    [InlineData(405, ErrorCode.UpstreamUnavailable, false)]
    [InlineData(400, ErrorCode.InvalidRequest, false)]
    [InlineData(413, ErrorCode.InvalidRequest, false)]
    [InlineData(422, ErrorCode.InvalidRequest, false)]
    [InlineData(302, ErrorCode.UpstreamUnavailable, false)]
    public void FromStatus_OfAProvider_IsItsCode(int status, ErrorCode code, bool retryable) =>
        Assert.Equal((code, retryable), UpstreamErrors.FromStatus(status));

    public static TheoryData<Exception, ErrorCode, bool> Exceptions => new()
    {
        { new HttpRequestException("x", null, HttpStatusCode.ServiceUnavailable), ErrorCode.Overloaded, true },
        { new HttpRequestException("x"), ErrorCode.UpstreamUnavailable, true },
        { new HttpIOException(HttpRequestError.ResponseEnded), ErrorCode.UpstreamUnavailable, true },
        { new IOException("x"), ErrorCode.UpstreamUnavailable, true },
        { new TimeoutException("x"), ErrorCode.UpstreamTimeout, true },
        { new TaskCanceledException("x", new TimeoutException()), ErrorCode.UpstreamTimeout, true },
        { new TaskCanceledException("x"), ErrorCode.UpstreamTimeout, true },
        { new JsonException("x"), ErrorCode.UpstreamUnavailable, true },
        { new NotSupportedException("x"), ErrorCode.Internal, false },
    };

    [Theory]
    [InlineData(429, "invalid_request_error", ErrorCode.RateLimited, true)]
    [InlineData(429, "billing_error", ErrorCode.UpstreamUnavailable, false)]
    [InlineData(500, "invalid_request_error", ErrorCode.UpstreamUnavailable, true)]
    [InlineData(503, "invalid_request_error", ErrorCode.Overloaded, true)]
    [InlineData(500, "billing_error", ErrorCode.UpstreamUnavailable, false)]
    [InlineData(500, "overloaded_error", ErrorCode.Overloaded, true)]
    [InlineData(400, "rate_limit_error", ErrorCode.RateLimited, true)]
    public void Classify_StatusAndWord_AreWeighed(int status, string word, ErrorCode code, bool retryable)
    {
        var error = UpstreamErrors.Classify(new LibraryException(status, word));

        Assert.Equal((code, retryable), (error.Code, error.Retryable));
    }

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void Classify_Exception_IsItsCodeAndKeepsTheCause(Exception failure, ErrorCode code, bool retryable)
    {
        var error = UpstreamErrors.Classify(failure);

        Assert.Equal((code, retryable), (error.Code, error.Retryable));
        Assert.Same(failure, error.InnerException);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "NaN", null)]
    [InlineData("retry-after-ms", "NaN", null)]
    [InlineData("Retry-After", "Infinity", 86400.0)]
    [InlineData("Retry-After", "-Infinity", 0.0)]
    [InlineData("Retry-After", "250000000000", 86400.0)]
    [InlineData("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT", 86400.0)]
    [InlineData("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT", 0.0)]
    [InlineData("Retry-After", "7\r\n8", null)]
    public void Classify_RetryAfter_IsAWaitThatCanBeKept(string name, string value, double? seconds) =>
        Assert.Equal(seconds, UpstreamErrors.Classify(new LibraryException(429, "x") { Headers = { [name] = value } }).RetryAfter?.TotalSeconds);

    private sealed class LibraryException(int status, string message) : Exception(message)
    {
        public int StatusCode => status;

        public Dictionary<string, string> Headers { get; } = [];
    }
}
