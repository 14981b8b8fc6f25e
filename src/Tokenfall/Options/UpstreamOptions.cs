using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Settings of the leg to the model, bound from <c>Tokenfall:Upstream</c>. They hold for every source.</summary>
public sealed class UpstreamOptions
{
    /// <summary>Longest answer, in tokens.</summary>
    /// <value>The default value is 2,048.</value>
    [Range(1, int.MaxValue)]
    public int MaxTokens { get; set; } = 2048;

    /// <summary>Longest wait from sending the request to the first content.</summary>
    /// <value>The default value is 1 minute.</value>
    [PositiveDuration]
    public TimeSpan FirstContentTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two contents. A provider's pings are no content, so they do not hide a stall.</summary>
    /// <value>The default value is 45 seconds.</value>
    [PositiveDuration]
    public TimeSpan ContentTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Longest whole answer.</summary>
    /// <value>The default value is 10 minutes.</value>
    [PositiveDuration]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a request is sent at most, the first time included. Only before the first content, and only for faults that may pass.</summary>
    /// <value>The default value is 3.</value>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The model that the last attempt asks instead; null asks the same one.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? FallbackModel { get; set; }
}
