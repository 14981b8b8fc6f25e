using System.ComponentModel.DataAnnotations;

namespace Tokenfall.AspNetCore;

/// <summary>The probe endpoint that the doctor reads, bound from <c>Tokenfall:Probe</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>Whether <c>{pattern}/probe</c> is mapped.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether callers that are not signed in may probe, also where the endpoint itself asks for sign-in.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowAnonymous { get; set; }

    /// <summary>Probes at once in this process. They do not count as runs, and runs do not count as probes.</summary>
    /// <value>The default value is 32: the doctor reads about a dozen at once.</value>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 32;
}
