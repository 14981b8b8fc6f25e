namespace Tokenfall;

/// <summary>Says what went wrong, for the log: what was asked, what came back, and what to check.</summary>
internal sealed class AnthropicErrors(Uri address, string key)
{
    private const string CheckAddress = "Check Tokenfall:Anthropic:BaseUrl (or ANTHROPIC_BASE_URL)";

    /// <summary>No response came.</summary>
    public ModelException Unreachable(Exception cause)
    {
        var why = cause.InnerException is { } inner && !cause.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{cause.Message} {inner.Message}" : cause.Message;
        return new(cause is OperationCanceledException ? ErrorCode.UpstreamTimeout : ErrorCode.UpstreamUnavailable,
            $"No response from {address}: {Clean(why)} {CheckAddress}, DNS, the proxy (HTTPS_PROXY) and the firewall.", retryable: true, cause);
    }

    /// <summary>The provider refused the request.</summary>
    public ModelException Refused(int status, ProviderError error, string? contentType, string? requestId, TimeSpan? retryAfter)
    {
        // The operator's errors first: some gateways call them invalid requests.
        var (code, retryable) = status is 401 or 402 or 403
            ? (ErrorCode.UpstreamUnavailable, false)
            : ErrorTypes.Classify(error) ?? UpstreamErrors.FromStatus(status);
        var said = error.Type is null && error.Message is null
            ? $"with a body of type {Name(contentType)}"
            : $"{Clean(error.Type)}: {Clean(error.Message)}";
        return new(code, $"{address} answered {status} {said}{Advice(status, error)}", retryable)
        {
            RetryAfter = retryAfter,
            UpstreamRequestId = Word(requestId ?? error.RequestId),
        };
    }

    /// <summary>The provider reports an error after it had begun to answer.</summary>
    public ModelException InBand(ProviderError error, string? requestId)
    {
        var (code, retryable) = ErrorTypes.Classify(error) ?? (ErrorCode.UpstreamUnavailable, true);
        return new(code, $"{address} broke the answer off: {Clean(error.Type)}: {Clean(error.Message)}", retryable)
        {
            UpstreamRequestId = Word(requestId ?? error.RequestId),
        };
    }

    /// <summary>The answer is of another kind.</summary>
    public ModelException NotAStream(string? contentType, string? requestId) =>
        Unavailable($"{address} answered 200 with {Name(contentType)} instead of text/event-stream. "
            + $"Something else than the Messages API answers there, a proxy's page for example. {CheckAddress}.", retryable: false, null, requestId);

    /// <summary>The connection broke.</summary>
    public ModelException BrokenOff(Exception cause, string? requestId) =>
        Unavailable($"The connection to {address} broke in the middle of the answer: {Clean(cause.Message)}", retryable: true, cause, requestId);

    /// <summary>The stream ended before it had begun to answer.</summary>
    public ModelException Empty(string? requestId) =>
        new(ErrorCode.Truncated, $"{address} ended the stream before any content.", retryable: true) { UpstreamRequestId = Word(requestId) };

    /// <summary>An event passed the limit. The same request may well bring it again.</summary>
    public ModelException TooLong(Exception cause, string? requestId) =>
        Unavailable($"{address} sent more in one event than a run may hold: {Clean(cause.Message)}", retryable: false, cause, requestId);

    /// <summary>What came is not what the API sends.</summary>
    public ModelException Malformed(Exception cause, string? requestId) =>
        Unavailable($"{address} sent an event that cannot be read: {Clean(cause.Message)}", retryable: true, cause, requestId);

    /// <summary>A word of the provider's as it may be logged, such as a request's id, which is text from outside, too.</summary>
    public string? Word(string? word) => word is null ? null : Clean(word);

    /// <summary>Removes the key, which some gateways repeat.</summary>
    public string Redact(string text) => LogText.Redact(text, key);

    private ModelException Unavailable(string message, bool retryable, Exception? cause, string? requestId) =>
        new(ErrorCode.UpstreamUnavailable, message, retryable, cause) { UpstreamRequestId = Word(requestId) };

    private static string Advice(int status, ProviderError error) => status switch
    {
        _ when error.IsSpendLimit => " Raise the limit, or add credit, in the Anthropic console.",
        401 => " Check the API key (ANTHROPIC_API_KEY or Tokenfall:Anthropic:ApiKey).",
        404 => $" Check Tokenfall:Anthropic:Model (or ANTHROPIC_MODEL). {CheckAddress}.",
        >= 300 and < 400 => $" Redirects are not followed. {CheckAddress}.",
        _ => "",
    };

    private string Name(string? contentType) => contentType is null ? "no content type" : Clean(contentType);

    private string Clean(string? text) => LogText.Quote(text is null ? null : Redact(text));
}
