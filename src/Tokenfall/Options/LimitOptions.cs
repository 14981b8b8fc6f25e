using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>How many runs may be alive, bound from <c>Tokenfall:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Live runs in this process.</summary>
    /// <value>The default value is 5,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxRuns { get; set; } = 5000;

    /// <summary>Live runs of one owner. Callers that are not signed in are one owner, without this limit.</summary>
    /// <value>The default value is 4.</value>
    [Range(1, int.MaxValue)]
    public int MaxRunsPerOwner { get; set; } = 4;
}
