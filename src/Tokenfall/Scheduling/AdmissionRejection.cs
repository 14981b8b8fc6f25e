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
}
