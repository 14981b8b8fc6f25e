using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Settings of requests to the model, bound from <c>Tokenfall:Upstream</c>. They apply to every source.</summary>
public sealed class UpstreamOptions
{
    /// <summary>The longest answer, in tokens.</summary>
    /// <value>The default value is 2,048.</value>
    [Range(1, int.MaxValue)]
    public int MaxTokens { get; set; } = 2048;

    /// <summary>The longest wait from sending the request to the first content.</summary>
    /// <value>The default value is 1 minute.</value>
    [PositiveDuration]
    public TimeSpan FirstContentTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between two pieces of content. A provider's pings are not content, so they do not hide a stall.</summary>
    /// <value>The default value is 45 seconds.</value>
    [PositiveDuration]
    public TimeSpan ContentTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>The longest time for a whole answer.</summary>
    /// <value>The default value is 10 minutes.</value>
    [PositiveDuration]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The most times a request is sent, including the first. Only transient failures before the first content are retried. Requests that a client
    /// repeats by itself count, too: when it has sent this many, it is not called again, except once for the fallback model.
    /// </summary>
    /// <value>The default value is 3.</value>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// The model that the default source asks on the last attempt; null asks the same one again. A named model has its own:
    /// <see cref="ModelOptions.FallbackModel"/>.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? FallbackModel { get; set; }
}
