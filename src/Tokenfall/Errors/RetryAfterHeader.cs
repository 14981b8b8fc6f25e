using System.Collections;
using System.Globalization;
using System.Net.Http.Headers;

namespace Tokenfall;

/// <summary>Reads <c>Retry-After</c> (RFC 9110, section 10.2.3), and <c>retry-after-ms</c>, which OpenAI and Azure send, among any library's headers.</summary>
internal static class RetryAfterHeader
{
    /// <summary>The longest wait that is passed on: a quota of a day's. A provider that asks for more is asked again after that.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to wait; null when no header says so.</summary>
    /// <param name="headers">Pairs of a name and a value or values, or objects that are written as <c>name:value</c>.</param>
    /// <param name="time">Tells the time where the provider does not.</param>
    public static TimeSpan? In(IEnumerable headers, TimeProvider time)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers)
        {
            var (name, value) = header switch
            {
                KeyValuePair<string, string> pair => (pair.Key, pair.Value),
                KeyValuePair<string, IEnumerable<string>> pair => (pair.Key, pair.Value.FirstOrDefault("")),
                _ => Split(header?.ToString() ?? ""),
            };
            values.TryAdd(name, value.Trim());
        }
        if (values.TryGetValue("retry-after-ms", out var milliseconds) && double.TryParse(milliseconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ms))
            return OfSeconds(ms / 1000);
        if (!values.TryGetValue("Retry-After", out var text)) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return OfSeconds(seconds);
        // By the provider's own clock where it tells it: two clocks may differ by more than the wait.
        return DateOf(text) is { } until ? Bounded(until - (DateOf(values.GetValueOrDefault("Date")) ?? time.GetUtcNow())) : null;
    }

    /// <summary>Keeps a wait within what may be passed on.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;

    // "NaN" is a number here, too.
    private static TimeSpan? OfSeconds(double seconds) =>
        double.IsNaN(seconds) ? null : Bounded(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds)));

    private static DateTimeOffset? DateOf(string? text) =>
        RetryConditionHeaderValue.TryParse(text, out var parsed) ? parsed.Date : null;

    private static (string Name, string Value) Split(string header) =>
        header.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? (header[..colon], header[(colon + 1)..]) : (header, "");
}
