using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Tokenfall's settings, bound from the configuration section <c>Tokenfall</c> and validated at startup.</summary>
public sealed class TokenfallOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Tokenfall";

    /// <summary>What happens to a run that nobody is reading.</summary>
    /// <value>The default value is <see cref="DisconnectPolicy.Grace"/>.</value>
    [EnumDataType(typeof(DisconnectPolicy))]
    public DisconnectPolicy Disconnect { get; set; } = DisconnectPolicy.Grace;

    /// <summary>How long a run continues under <see cref="DisconnectPolicy.Grace"/> when its last reader said good-bye, or never promised to return.</summary>
    /// <value>The default value is 10 seconds.</value>
    [PositiveDuration]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a run continues when its last reader had promised to return and lost its connection, or was sent away by the server. Not for
    /// <see cref="DisconnectPolicy.Continue"/>, which waits for nobody.
    /// </summary>
    /// <remarks>
    /// It must exceed the time that a reader needs to notice a lost connection and to come back. The browser client's default times fit within the
    /// default value. If <see cref="Grace"/> is longer, that is used.
    /// </remarks>
    /// <value>The default value is 90 seconds.</value>
    [PositiveDuration]
    public TimeSpan ResumeGrace { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a finished run can still be read.</summary>
    /// <value>The default value is 10 minutes.</value>
    [PositiveDuration]
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many bytes of finished runs are kept. Beyond that, the oldest are dropped first.</summary>
    /// <value>The default value is 256 MiB.</value>
    [Range(0, long.MaxValue)]
    public long RetentionBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long live runs may continue at shutdown before they end as <c>interrupted</c>. The host waits 10 seconds longer.</summary>
    /// <value>The default value is 30 seconds.</value>
    [PositiveDuration]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Limits on live runs.</summary>
    /// <value>The default values of <see cref="LimitOptions"/>.</value>
    [ValidateObjectMembers]
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Settings of the journal.</summary>
    /// <value>The default values of <see cref="JournalOptions"/>.</value>
    [ValidateObjectMembers]
    public JournalOptions Journal { get; set; } = new();

    /// <summary>Settings of requests to the model.</summary>
    /// <value>The default values of <see cref="UpstreamOptions"/>.</value>
    [ValidateObjectMembers]
    public UpstreamOptions Upstream { get; set; } = new();

    /// <summary>Settings of named models, by name.</summary>
    /// <value>The default value is empty.</value>
    public IDictionary<string, ModelOptions> Models { get; } = new Dictionary<string, ModelOptions>(StringComparer.OrdinalIgnoreCase);
}
