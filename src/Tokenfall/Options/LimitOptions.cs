using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Limits on live runs, bound from <c>Tokenfall:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>The most live runs in this process.</summary>
    /// <value>The default value is 5,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxRuns { get; set; } = 5000;

    /// <summary>The most live runs of one owner. Anonymous callers share one owner, which this limit does not apply to.</summary>
    /// <value>The default value is 4.</value>
    [Range(1, int.MaxValue)]
    public int MaxRunsPerOwner { get; set; } = 4;
}
