namespace Tokenfall;

/// <summary>How well a run's usage is known.</summary>
public enum UsageQuality
{
    /// <summary>There is no figure.</summary>
    Unknown,

    /// <summary>The run ended early, and its text was measured instead.</summary>
    Estimated,

    /// <summary>The provider gave its figures.</summary>
    Measured,
}

/// <summary>How a <see cref="UsageQuality"/> is spelled.</summary>
public static class UsageQualityExtensions
{
    /// <summary>The name on the wire and in logs, such as <c>measured</c>.</summary>
    /// <param name="quality">The quality.</param>
    public static string ToWireName(this UsageQuality quality) => quality switch
    {
        UsageQuality.Measured => "measured",
        UsageQuality.Estimated => "estimated",
        _ => "unknown",
    };
}
