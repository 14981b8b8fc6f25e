namespace Tokenfall;

/// <summary>Why a run failed, as a program reads it in the <c>code</c> of an <c>error</c> event.</summary>
public enum ErrorCode
{
    /// <summary>Something in this application failed; the log has it.</summary>
    Internal,

    /// <summary>The model's provider has more work than it can take.</summary>
    Overloaded,

    /// <summary>The provider's rate limit was met.</summary>
    RateLimited,

    /// <summary>The provider cannot be reached, broke off, or refuses this application's account.</summary>
    UpstreamUnavailable,

    /// <summary>The provider did not answer, or fell silent, for too long.</summary>
    UpstreamTimeout,

    /// <summary>The stream ended without the provider saying that the answer is complete.</summary>
    Truncated,

    /// <summary>The provider refuses this request; sending it again will not help.</summary>
    InvalidRequest,

    /// <summary>The server was stopped before the answer was complete.</summary>
    Interrupted,
}
