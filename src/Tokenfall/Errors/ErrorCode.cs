namespace Tokenfall;

/// <summary>Why a run failed: the <c>code</c> of an <c>error</c> event.</summary>
public enum ErrorCode
{
    /// <summary>Something in this application failed; the server's log has the details.</summary>
    Internal,

    /// <summary>The provider is overloaded.</summary>
    Overloaded,

    /// <summary>The provider's rate limit was reached.</summary>
    RateLimited,

    /// <summary>The provider could not be reached, the connection broke, or the provider rejects this application's account.</summary>
    UpstreamUnavailable,

    /// <summary>The provider did not answer in time, or stopped sending.</summary>
    UpstreamTimeout,

    /// <summary>The stream ended without the provider saying that the answer is complete.</summary>
    Truncated,

    /// <summary>The provider rejected this request; sending it again will not help.</summary>
    InvalidRequest,

    /// <summary>The server was stopped before the answer was complete.</summary>
    Interrupted,
}
