using System.Diagnostics;
using System.Numerics;

namespace Tokenfall.Cli.Load;

/// <summary>Durations to one part in 4,096, from a nanosecond to an hour. Thread-safe; recording costs one increment.</summary>
internal sealed class Histogram
{
    private const int Bits = 12;
    private const int Steps = 1 << Bits;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    // Values below 8,192 ns have a place each, then every doubling has 4,096 places.
    private readonly long[] _counts = new long[31 * Steps];
    private long _max;

    public long Count => _counts.Sum();

    /// <summary>Highest value, in milliseconds; exact.</summary>
    public double MaxMs => Volatile.Read(ref _max) / 1e6;

    public void Record(TimeSpan duration) => RecordNanoseconds((long)duration.TotalNanoseconds);

    /// <summary>Records the time between two time stamps of <see cref="Stopwatch"/>.</summary>
    public void Record(long from, long to) => RecordNanoseconds((long)((to - from) * NanosecondsPerTick));

    /// <summary>The value that this share of the recorded ones does not pass, in milliseconds.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share) => Percentile(_counts, share, MaxMs);

    /// <summary>The value that this share of those recorded since the last call with the same array does not pass, in milliseconds.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="seen">What was recorded at the last call; null at the first.</param>
    public double PercentileSince(double share, ref long[]? seen)
    {
        var now = (long[])_counts.Clone();
        var fresh = (long[])now.Clone();
        if (seen is not null)
            for (var i = 0; i < fresh.Length; i++) fresh[i] -= seen[i];
        seen = now;
        return Percentile(fresh, share, MaxMs);
    }

    private void RecordNanoseconds(long value)
    {
        value = Math.Max(0, value);
        Interlocked.Increment(ref _counts[PlaceOf(value)]);
        for (var max = Volatile.Read(ref _max); value > max;)
            max = Interlocked.CompareExchange(ref _max, value, max) is var seen && seen == max ? value : seen;
    }

    private static double Percentile(long[] counts, double share, double max)
    {
        var rank = (long)Math.Ceiling(share * counts.Sum());
        long seen = 0;
        for (var place = 0; place < counts.Length; place++)
            if ((seen += counts[place]) >= rank && seen > 0) return Math.Min(UpperEdgeOf(place) / 1e6, max);
        return 0;
    }

    private static int PlaceOf(long value)
    {
        var doublings = Math.Clamp(BitOperations.Log2((ulong)value | 1) - Bits, 0, 29);
        return (int)Math.Min(value >> doublings, 2 * Steps - 1) + doublings * Steps;
    }

    private static double UpperEdgeOf(int place)
    {
        var doublings = Math.Max(0, place / Steps - 1);
        return (double)(place - doublings * Steps + 1) * (1L << doublings);
    }
}
