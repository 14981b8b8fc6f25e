using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Settings of Tokenfall's endpoints, bound from the configuration section <c>Tokenfall</c> and checked at start.</summary>
/// <remarks>They share the section with <see cref="TokenfallOptions"/>, which has the settings of runs.</remarks>
public sealed class TokenfallHttpOptions
{
    /// <summary>Longest prompt, in UTF-16 code units after trimming; with <c>messages</c>, of the last user message.</summary>
    /// <value>The default value is 5,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxPromptLength { get; set; } = 5000;

    /// <summary>Largest request body, in bytes.</summary>
    /// <value>The default value is 1 MiB.</value>
    [Range(1, int.MaxValue)]
    public int MaxBodySize { get; set; } = 1024 * 1024;

    /// <summary>Whether <c>GET {pattern}?prompt=</c> starts a run, for a plain <c>EventSource</c>. It is not safe against cross-site requests.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowGetStart { get; set; }

    /// <summary>Longest silence on a response before a comment is sent.</summary>
    /// <value>The default value is 15 seconds.</value>
    [PositiveDuration]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Age at which a connection is reset between two frames, so that its reader comes back on a fresh one; jittered by 10 %.
    /// Only for readers that can: GET, and POST with the header <c>Tokenfall-Resume: 1</c>.
    /// </summary>
    /// <value>The default value is 5 minutes.</value>
    [PositiveDuration]
    public TimeSpan MaxConnectionAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a reader may take nothing before its connection is reset.</summary>
    /// <value>The default value is 30 seconds.</value>
    [PositiveDuration]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The endpoint that the doctor reads.</summary>
    [ValidateObjectMembers]
    public ProbeOptions Probe { get; set; } = new();

    /// <summary>
    /// Whether Kestrel's listening sockets are tuned for streams: vanished readers are found in about 30 seconds instead of 15 minutes, and a stalled
    /// reader holds 16 KiB in the kernel instead of megabytes. It affects every connection of the application.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool TuneSockets { get; set; } = true;
}
