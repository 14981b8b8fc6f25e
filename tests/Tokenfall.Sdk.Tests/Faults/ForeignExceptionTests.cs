using System.ClientModel;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>The exceptions of libraries that Tokenfall does not reference.</summary>
public sealed class ForeignExceptionTests
{
    public static TheoryData<Exception, ErrorCode, bool, double?> Exceptions => new()
    {
        { new TimeoutRejectedException("slow"), ErrorCode.UpstreamTimeout, true, null },
        { new BrokenCircuitException("open"), ErrorCode.UpstreamUnavailable, true, null },
        { new IsolatedCircuitException("open"), ErrorCode.UpstreamUnavailable, true, null },
        { new BrokenCircuitException("open", new RequestFailedException(503, "Unavailable")), ErrorCode.Overloaded, true, null },
        { new RateLimiterRejectedException("full", TimeSpan.FromSeconds(3)), ErrorCode.RateLimited, true, 3 },
        { new RequestFailedException(429, "Too many requests"), ErrorCode.RateLimited, true, null },
        { new RequestFailedException(new AzureResponse(429, "Retry-After", "7")), ErrorCode.RateLimited, true, 7 },
        { new RequestFailedException(new AzureResponse(429, "retry-after-ms", "1500")), ErrorCode.RateLimited, true, 1.5 },
        { new RequestFailedException(400, "Filtered", "content_filter", null), ErrorCode.InvalidRequest, false, null },
        // Its request never reached the server.
        { new RequestFailedException(0, "No route", new HttpRequestException("No route")), ErrorCode.UpstreamUnavailable, true, null },
        // Where trimming has removed the status, the message has it.
        { new ClientResultException("HTTP 429 (tokens: rate_limit_exceeded)"), ErrorCode.RateLimited, true, null },
        { new ClientResultException("Service request failed.\nStatus: 503 (Service Unavailable)\n"), ErrorCode.Overloaded, true, null },
        { new ClientResultException("HTTP 429 (insufficient_quota: insufficient_quota)"), ErrorCode.UpstreamUnavailable, false, null },
        { new ClientResultException("HTTP 404 (invalid_request_error: model_not_found)"), ErrorCode.UpstreamUnavailable, false, null },
        // What several attempts ended in: the last one counts.
        { new AggregateException("Retry failed after 2 tries.", new IOException("reset"), new RequestFailedException(401, "Key")), ErrorCode.UpstreamUnavailable, false, null },
        { new InvalidOperationException("wrapped", new ModelException(ErrorCode.RateLimited, "wait", retryable: true) { RetryAfter = TimeSpan.FromSeconds(2) }), ErrorCode.RateLimited, true, 2 },
        // Words like a provider's, from somebody else.
        { new InvalidOperationException("HTTP 503 (overloaded_error)"), ErrorCode.Internal, false, null },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void Classify_LibrarysException_IsItsCodeAndItsWait(Exception failure, ErrorCode code, bool retryable, double? retryAfter)
    {
        var error = UpstreamErrors.Classify(failure);

        Assert.Equal((code, retryable, retryAfter), (error.Code, error.Retryable, error.RetryAfter?.TotalSeconds));
    }

    // Two clocks may differ by more than the wait.
    [Fact]
    public void Classify_RetryAfterAsADate_CountsFromTheProvidersClock()
    {
        var response = new AzureResponse(503, "Retry-After", "Mon, 05 Jan 1998 10:00:09 GMT", "Date", "Mon, 05 Jan 1998 10:00:00 GMT");

        Assert.Equal(TimeSpan.FromSeconds(9), UpstreamErrors.Classify(new RequestFailedException(response)).RetryAfter);
    }

    [Fact]
    public async Task ClientThatRetries_IsNamedInTheLog()
    {
        var unavailable = SdkFault.All.Single(fault => fault.Name == "503");

        var outcome = await FaultOutcome.OfOpenAIAsync(unavailable, ClientStack.Plain);

        Assert.Contains(outcome.Log, record => record.Message.Contains("the client sent the request 4 times by itself", StringComparison.Ordinal));
    }

    private sealed class AzureResponse(int status, params string[] headers) : Response
    {
        public override int Status => status;
        public override string ReasonPhrase => "";
        public override Stream? ContentStream { get; set; }
        public override string ClientRequestId { get; set; } = "";
        public override void Dispose() { }
        protected override bool ContainsHeader(string name) => Array.IndexOf(headers, name) >= 0;
        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Chunk(2).Select(pair => new HttpHeader(pair[0], pair[1]));
        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => throw new NotSupportedException();
        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) => throw new NotSupportedException();
    }
}
