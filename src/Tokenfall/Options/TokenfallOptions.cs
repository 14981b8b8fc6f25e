using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Settings of Tokenfall, bound from the configuration section <c>Tokenfall</c> and checked at start.</summary>
public sealed class TokenfallOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tokenfall";

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

    /// <summary>The leg to the model.</summary>
    [ValidateObjectMembers]
    public UpstreamOptions Upstream { get; set; } = new();
}
