namespace Tokenfall;

/// <summary>Why a run may not start now.</summary>
public enum AdmissionRejection
{
    /// <summary>The process has all the runs it may have: <see cref="LimitOptions.MaxRuns"/>.</summary>
    TooManyRuns,

    /// <summary>The owner has all the runs it may have: <see cref="LimitOptions.MaxRunsPerOwner"/>.</summary>
    TooManyRunsOfOwner,

    /// <summary>The server is shutting down.</summary>
    Draining,
}
