using System.ComponentModel.DataAnnotations;

namespace Tokenfall.AspNetCore;

/// <summary>The probe endpoint that the doctor reads, bound from <c>Tokenfall:Probe</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>Whether <c>{pattern}/probe</c> is mapped.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether anonymous callers may probe even where the endpoint requires sign-in.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowAnonymous { get; set; }

    /// <summary>The most concurrent probes in this process. Probes and runs are counted separately.</summary>
    /// <value>The default value is 32. The doctor reads about a dozen at once.</value>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 32;

    /// <summary>The most concurrent probes of one owner, so that one cannot take all of <see cref="MaxConcurrent"/>. Anonymous callers share one owner, which this limit does not apply to.</summary>
    /// <value>The default value is 16.</value>
    [Range(1, 10_000)]
    public int MaxConcurrentPerOwner { get; set; } = 16;
}
