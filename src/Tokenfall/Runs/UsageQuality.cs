namespace Tokenfall;

/// <summary>Where a run's usage figures come from.</summary>
public enum UsageQuality
{
    /// <summary>There are no figures.</summary>
    Unknown,

    /// <summary>Estimated from the length of the text, because the run ended early.</summary>
    Estimated,

    /// <summary>Reported by the provider.</summary>
    Measured,
}

/// <summary>The wire name of a <see cref="UsageQuality"/>.</summary>
public static class UsageQualityExtensions
{
    /// <summary>Returns the name on the wire and in logs, such as <c>measured</c>.</summary>
    /// <param name="quality">The quality.</param>
    /// <returns>The name in lower case.</returns>
    public static string ToWireName(this UsageQuality quality) => quality switch
    {
        UsageQuality.Measured => "measured",
        UsageQuality.Estimated => "estimated",
        _ => "unknown",
    };
}
