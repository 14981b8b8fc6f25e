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

    /// <summary>While the run waited for its turn, the server reached its limit of live runs.</summary>
    TooManyRuns,

    /// <summary>While the run waited for its turn, its owner reached the limit of live runs.</summary>
    TooManyRunsOfOwner,

    /// <summary>While the run waited for its turn, a budget was used up.</summary>
    BudgetExceeded,

    /// <summary>The model has no price, so that a budget in money cannot be kept.</summary>
    ModelUnpriced,

    /// <summary>A store that the run needs cannot be reached.</summary>
    StoreUnavailable,
}
