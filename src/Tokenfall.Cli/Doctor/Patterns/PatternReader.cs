using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Patterns;

/// <summary>Classifies how events arrive by the pattern of their lags.</summary>
/// <remarks>
/// The two clocks are never compared: an event's lag is the time from sending to arrival, minus the smallest such difference of the
/// stream. A busy machine delays single events at random, a hop delays most of them alike: so a kind must hold for most events.
/// </remarks>
internal static class PatternReader
{
    // Fewer events show no pattern.
    private const int MinEvents = 4;

    // Readers do not notice it, and a busy machine causes it.
    private const double NegligibleMs = 100;

    public static Pattern Read(Recording recording)
    {
        var ticks = recording.Frames.Where(frame => frame.Number > 0).ToList();
        if (ticks.Count < MinEvents) return Pattern.Unknown;
        var interval = (double)recording.Request.Interval;
        var punctual = recording.Frames.Min(Difference);
        var lags = ticks.Select(tick => Difference(tick) - punctual).ToList();
        var groups = Groups(ticks, interval / 4);
        var sorted = lags.Order().ToList();
        return new(
            KindOf(ticks, lags, groups, interval), At(sorted, 0.5), At(sorted, 0.9), sorted[^1], groups.Count,
            Median([.. groups.Zip(groups.Skip(1), (one, next) => next[0].ArrivedMs - one[0].ArrivedMs)]));
    }

    private static Arrivals KindOf(List<Arrival> ticks, List<double> lags, List<List<Arrival>> groups, double interval)
    {
        var sent = ticks[^1].SentMs - ticks[0].SentMs;
        var first = lags[0];
        if (groups[^1].Count >= 0.7 * ticks.Count && first > 0.6 * sent) return Arrivals.AtTheEnd;
        if (groups.Where(group => group.Count > 1).Sum(group => group.Count) >= 0.5 * ticks.Count) return Arrivals.Batched;
        if (At([.. lags.Order()], 0.3) < NegligibleMs) return Arrivals.Live;
        return ArriveWithTheNext(lags, interval) ? Arrivals.OneLate : Arrivals.Delayed;
    }

    // The last event has no next one: the end of the stream brings it.
    private static bool ArriveWithTheNext(List<double> lags, double interval) =>
        lags.SkipLast(1).Count(lag => lag >= 0.9 * interval) >= 0.7 * (lags.Count - 1);

    private static List<List<Arrival>> Groups(List<Arrival> ticks, double apart)
    {
        List<List<Arrival>> groups = [[ticks[0]]];
        foreach (var tick in ticks.Skip(1))
        {
            if (tick.ArrivedMs - groups[^1][^1].ArrivedMs < apart) groups[^1].Add(tick);
            else groups.Add([tick]);
        }
        return groups;
    }

    private static double Difference(Arrival frame) => frame.ArrivedMs - frame.SentMs;

    private static double Median(List<double> values) => values.Count == 0 ? 0 : At([.. values.Order()], 0.5);

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
