namespace Tokenfall;

/// <summary>Why a run may not start now.</summary>
public enum AdmissionRejection
{
    /// <summary>The process has reached <see cref="LimitOptions.MaxRuns"/>.</summary>
    TooManyRuns,

    /// <summary>The owner has reached <see cref="LimitOptions.MaxRunsPerOwner"/>.</summary>
    TooManyRunsOfOwner,

    /// <summary>The server is shutting down.</summary>
    Draining,

    /// <summary>A budget is used up, or what is left of it is less than this run may use.</summary>
    BudgetExceeded,

    /// <summary>The model has no price, so that a budget in money cannot be kept.</summary>
    ModelUnpriced,

    /// <summary>A store that this run needs, such as the one of a budget, cannot be reached.</summary>
    StoreUnavailable,
}
