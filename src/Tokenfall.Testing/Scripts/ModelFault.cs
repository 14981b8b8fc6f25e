using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing;

/// <summary>One way in which a model API fails. Give it to <see cref="ModelScript.Fault"/>.</summary>
/// <remarks>
/// Faults with <c>afterTokens</c> strike right after that many tokens were sent; a number past the last token strikes before the end of
/// the message. For a request without <c>stream: true</c> such a fault closes the connection without an answer.
/// Status codes, error types and bodies are those of the Anthropic API documentation, "Errors".
/// </remarks>
public abstract record ModelFault
{
    private protected ModelFault() { }

    /// <summary>An error status instead of a stream, with Anthropic's error body and a <c>request-id</c> header.</summary>
    /// <param name="status">HTTP status, 400 to 599.</param>
    /// <param name="errorType">Value of <c>error.type</c>, such as <c>overloaded_error</c>.</param>
    /// <param name="message">Value of <c>error.message</c>.</param>
    /// <param name="retryAfter">Value of the <c>retry-after</c> header, rounded up to whole seconds; none when null.</param>
    /// <param name="details">Value of <c>error.details.error_code</c>; none when null.</param>
    public static ModelFault Status(
        int status, string errorType, string message, TimeSpan? retryAfter = null, string? details = null) =>
        status is >= 400 and <= 599
            ? new StatusFault(status, errorType, message, retryAfter, details)
            : throw new ArgumentOutOfRangeException(nameof(status), status, "A status fault needs a status from 400 to 599.");

    /// <summary>400 <c>invalid_request_error</c>.</summary>
    public static ModelFault BadRequest { get; } =
        Status(400, "invalid_request_error", "messages: at least one message is required");

    /// <summary>401 <c>authentication_error</c>.</summary>
    public static ModelFault Unauthorized { get; } = Status(401, "authentication_error", "invalid x-api-key");

    /// <summary>429 <c>rate_limit_error</c> with a <c>retry-after</c> header.</summary>
    /// <param name="retryAfter">When to try again.</param>
    public static ModelFault RateLimited(TimeSpan retryAfter) =>
        Status(429, "rate_limit_error", "This request would exceed your organization's rate limit.", retryAfter);

    /// <summary>429 for a spend limit: error code <c>enforced_spend_limit_reached</c>, no <c>retry-after</c>; a retry is useless.</summary>
    public static ModelFault SpendLimit { get; } =
        Status(429, "rate_limit_error", "You have reached your specified API usage limits.", details: "enforced_spend_limit_reached");

    /// <summary>500 <c>api_error</c>.</summary>
    public static ModelFault ServerError { get; } = Status(500, "api_error", "Internal server error");

    /// <summary>529 <c>overloaded_error</c>, without <c>retry-after</c>.</summary>
    public static ModelFault Overloaded { get; } = Status(529, "overloaded_error", "Overloaded");

    /// <summary>The request is read and never answered, until the client leaves.</summary>
    public static ModelFault NoHeaders { get; } = new NoHeadersFault();

    /// <summary>The connection is closed without an answer.</summary>
    public static ModelFault HangUp { get; } = new HangUpFault();

    /// <summary>An <c>error</c> event in the stream, which then ends properly.</summary>
    /// <param name="type">Value of <c>error.type</c>, such as <c>overloaded_error</c>.</param>
    /// <param name="message">Value of <c>error.message</c>.</param>
    /// <param name="afterTokens">How many tokens come first.</param>
    public static ModelFault InBandError(string type, string message, int afterTokens) => new InBandErrorFault(type, message, afterTokens);

    /// <summary>The body ends properly, but without <c>message_stop</c>.</summary>
    /// <param name="afterTokens">How many tokens come first.</param>
    public static ModelFault CleanEnd(int afterTokens) => new CleanEndFault(afterTokens);

    /// <summary>The body ends properly, but inside an event.</summary>
    /// <param name="afterTokens">How many tokens come first.</param>
    public static ModelFault EndInsideEvent(int afterTokens) => new EndInsideEventFault(afterTokens);

    /// <summary>
    /// The connection is reset, after the tokens before were handed to the network. As with any reset, a client that reads too slowly to
    /// have room for them loses the rest.
    /// </summary>
    /// <param name="afterTokens">How many tokens come first.</param>
    public static ModelFault Reset(int afterTokens) => new ResetFault(afterTokens);

    /// <summary>The stream goes silent and stays open until the client leaves.</summary>
    /// <param name="afterTokens">How many tokens come first.</param>
    /// <param name="pings">Whether ping events still come, one a second.</param>
    public static ModelFault Stall(int afterTokens, bool pings = false) => new StallFault(afterTokens, pings);

    /// <summary>Bytes that are not SSE, then an event whose data is neither JSON nor UTF-8; then the body ends properly.</summary>
    /// <param name="afterTokens">How many tokens come first.</param>
    public static ModelFault Garbage(int afterTokens) => new GarbageFault(afterTokens);
}
