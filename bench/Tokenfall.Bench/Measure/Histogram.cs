namespace Tokenfall.Bench.Measure;

/// <summary>Durations in steps of 10 µs up to 20 s. Thread-safe; recording costs one increment.</summary>
internal sealed class Histogram
{
    private const double StepMs = 0.01;

    private readonly long[] _counts = new long[2_000_000];
    private long _max;

    public long Count => _counts.Sum();

    /// <summary>Highest value, in milliseconds; exact.</summary>
    public double MaxMs => TimeSpan.FromTicks(Volatile.Read(ref _max)).TotalMilliseconds;

    public void Record(TimeSpan duration)
    {
        var step = Math.Clamp((long)(duration.TotalMilliseconds / StepMs), 0, _counts.Length - 1);
        Interlocked.Increment(ref _counts[step]);
        for (var max = Volatile.Read(ref _max); duration.Ticks > max;)
            max = Interlocked.CompareExchange(ref _max, duration.Ticks, max) is var seen && seen == max ? duration.Ticks : seen;
    }

    /// <summary>The value that this share of the recorded ones does not pass, in milliseconds.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (var step = 0; step < _counts.Length; step++)
            if ((seen += _counts[step]) >= rank && seen > 0) return Math.Min((step + 1) * StepMs, MaxMs);
        return 0;
    }
}
