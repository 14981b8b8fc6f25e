using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing;

/// <summary>One way in which a model API fails. Give it to <see cref="ModelScript.Fault"/>.</summary>
/// <remarks>
/// Faults with <c>afterTokens</c> occur right after that many tokens were sent; with a number past the last token, before the end of the
/// message. For a request without <c>stream: true</c> such a fault closes the connection without a response.
/// Status codes, error types and bodies are those of the Anthropic API documentation, "Errors".
/// </remarks>
public abstract record ModelFault
{
    private protected ModelFault() { }

    /// <summary>An error status instead of a stream, with Anthropic's error body and a <c>request-id</c> header.</summary>
    /// <param name="status">The HTTP status, 400 to 599.</param>
    /// <param name="errorType">The value of <c>error.type</c>, such as <c>overloaded_error</c>.</param>
    /// <param name="message">The value of <c>error.message</c>.</param>
    /// <param name="retryAfter">The value of the <c>retry-after</c> header, rounded up to whole seconds; none when null.</param>
    /// <param name="details">The value of <c>error.details.error_code</c>; none when null.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 400 to 599.</exception>
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
    /// <returns>The fault.</returns>
    public static ModelFault RateLimited(TimeSpan retryAfter) =>
        Status(429, "rate_limit_error", "This request would exceed your organization's rate limit.", retryAfter);

    /// <summary>429 for a spend limit: error code <c>enforced_spend_limit_reached</c>, no <c>retry-after</c>; retrying does not help.</summary>
    public static ModelFault SpendLimit { get; } =
        Status(429, "rate_limit_error", "You have reached your specified API usage limits.", details: "enforced_spend_limit_reached");

    /// <summary>500 <c>api_error</c>.</summary>
    public static ModelFault ServerError { get; } = Status(500, "api_error", "Internal server error");

    /// <summary>529 <c>overloaded_error</c>, without <c>retry-after</c>.</summary>
    public static ModelFault Overloaded { get; } = Status(529, "overloaded_error", "Overloaded");

    /// <summary>The request is read and never answered, until the client disconnects.</summary>
    public static ModelFault NoHeaders { get; } = new NoHeadersFault();

    /// <summary>The connection is closed without a response.</summary>
    public static ModelFault HangUp { get; } = new HangUpFault();

    /// <summary>An <c>error</c> event in the stream, which then ends properly.</summary>
    /// <param name="type">The value of <c>error.type</c>, such as <c>overloaded_error</c>.</param>
    /// <param name="message">The value of <c>error.message</c>.</param>
    /// <param name="afterTokens">How many tokens are sent first.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="afterTokens"/> is negative.</exception>
    public static ModelFault InBandError(string type, string message, int afterTokens) => new InBandErrorFault(type, message, afterTokens);

    /// <summary>The body ends properly, but without <c>message_stop</c>.</summary>
    /// <param name="afterTokens">How many tokens are sent first.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="afterTokens"/> is negative.</exception>
    public static ModelFault CleanEnd(int afterTokens) => new CleanEndFault(afterTokens);

    /// <summary>The body ends properly, but inside an event.</summary>
    /// <param name="afterTokens">How many tokens are sent first.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="afterTokens"/> is negative.</exception>
    public static ModelFault EndInsideEvent(int afterTokens) => new EndInsideEventFault(afterTokens);

    /// <summary>
    /// The connection is reset, after the tokens before were handed to the network. As with any reset, a client that reads too slowly to
    /// have room for them loses the rest.
    /// </summary>
    /// <param name="afterTokens">How many tokens are sent first.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="afterTokens"/> is negative.</exception>
    public static ModelFault Reset(int afterTokens) => new ResetFault(afterTokens);

    /// <summary>The stream goes silent and stays open until the client disconnects.</summary>
    /// <param name="afterTokens">How many tokens are sent first.</param>
    /// <param name="pings">Whether to send ping events, one per second.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="afterTokens"/> is negative.</exception>
    public static ModelFault Stall(int afterTokens, bool pings = false) => new StallFault(afterTokens, pings);

    /// <summary>Bytes that are not SSE, then an event whose data is neither JSON nor UTF-8; then the body ends properly.</summary>
    /// <param name="afterTokens">How many tokens are sent first.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="afterTokens"/> is negative.</exception>
    public static ModelFault Garbage(int afterTokens) => new GarbageFault(afterTokens);
}
