using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Settings of Tokenfall, bound from the configuration section <c>Tokenfall</c> and checked at start.</summary>
public sealed class TokenfallOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tokenfall";

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

    /// <summary>What happens to a run that nobody reads.</summary>
    /// <value>The default value is <see cref="DisconnectPolicy.Grace"/>.</value>
    [EnumDataType(typeof(DisconnectPolicy))]
    public DisconnectPolicy Disconnect { get; set; } = DisconnectPolicy.Grace;

    /// <summary>How long an unread run goes on under <see cref="DisconnectPolicy.Grace"/>.</summary>
    /// <value>The default value is 10 seconds.</value>
    [PositiveDuration]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a finished run can still be read.</summary>
    /// <value>The default value is 10 minutes.</value>
    [PositiveDuration]
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How much finished log is kept, in bytes. Over it the oldest finished runs leave first.</summary>
    /// <value>The default value is 256 MiB.</value>
    [Range(0, long.MaxValue)]
    public long RetentionBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long live runs may go on at shutdown before they end as <c>interrupted</c>. The host waits 10 seconds longer.</summary>
    /// <value>The default value is 30 seconds.</value>
    [PositiveDuration]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many runs there may be.</summary>
    [ValidateObjectMembers]
    public LimitOptions Limits { get; set; } = new();

    /// <summary>The endpoint that the doctor reads.</summary>
    [ValidateObjectMembers]
    public ProbeOptions Probe { get; set; } = new();

    /// <summary>The leg to the model.</summary>
    [ValidateObjectMembers]
    public UpstreamOptions Upstream { get; set; } = new();
}
