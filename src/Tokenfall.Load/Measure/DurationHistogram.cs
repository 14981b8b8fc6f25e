using System.Diagnostics;
using HdrHistogram;

namespace Tokenfall.Load;

/// <summary>
/// Records durations from a nanosecond to an hour with three significant digits, and reports them in milliseconds. Thread-safe;
/// recording allocates nothing.
/// </summary>
public sealed class DurationHistogram
{
    private const int SignificantDigits = 3;
    private const double NanosecondsPerMillisecond = 1e6;

    private static readonly long Longest = (long)TimeSpan.FromHours(1).TotalNanoseconds;
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly LongConcurrentHistogram _histogram;

    /// <summary>Creates an empty histogram.</summary>
    public DurationHistogram()
        : this(New())
    {
    }

    private DurationHistogram(LongConcurrentHistogram histogram) => _histogram = histogram;

    /// <summary>How many durations were recorded.</summary>
    public long Count => _histogram.TotalCount;

    /// <summary>The longest duration, in milliseconds; 0 when there is none.</summary>
    public double Max => Count == 0 ? 0 : _histogram.GetMaxValue() / NanosecondsPerMillisecond;

    /// <summary>Records a duration. A negative one counts as 0, one above an hour as an hour.</summary>
    /// <param name="duration">The duration.</param>
    public void Record(TimeSpan duration) => RecordNanoseconds((long)duration.TotalNanoseconds);

    /// <summary>Records the time between two timestamps of <see cref="Stopwatch"/>.</summary>
    /// <param name="from">The earlier timestamp.</param>
    /// <param name="to">The later timestamp.</param>
    public void Record(long from, long to) => RecordNanoseconds((long)((to - from) * NanosecondsPerTick));

    /// <summary>The duration that a share of all recorded ones does not exceed.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <returns>Milliseconds; 0 when nothing was recorded.</returns>
    public double Percentile(double share) => Count == 0 ? 0 : _histogram.GetValueAtPercentile(share * 100) / NanosecondsPerMillisecond;

    /// <summary>A copy of this moment, while others go on recording.</summary>
    internal DurationHistogram Copy() => new((LongConcurrentHistogram)_histogram.Copy());

    /// <summary>What this copy has beyond an earlier one.</summary>
    internal DurationHistogram Since(DurationHistogram earlier)
    {
        var interval = New();
        foreach (var bucket in _histogram.RecordedValues())
        {
            var added = bucket.CountAtValueIteratedTo - earlier._histogram.GetCountAtValue(bucket.ValueIteratedTo);
            if (added > 0) interval.RecordValueWithCount(bucket.ValueIteratedTo, added);
        }
        return new(interval);
    }

    private void RecordNanoseconds(long nanoseconds) => _histogram.RecordValue(Math.Clamp(nanoseconds, 0, Longest));

    private static LongConcurrentHistogram New() => new(1, Longest, SignificantDigits);
}
