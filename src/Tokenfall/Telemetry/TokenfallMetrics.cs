using System.Diagnostics.Metrics;

namespace Tokenfall;

/// <summary>The instruments of the meter <c>Tokenfall</c>.</summary>
internal sealed class TokenfallMetrics
{
    public const string MeterName = "Tokenfall";

    private readonly Histogram<double> _stopDuration;
    private readonly Counter<long> _ended;

    public TokenfallMetrics(IMeterFactory meters, Func<int> liveRuns)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("tokenfall.runs.active", liveRuns, "{run}", "Live runs.");
        _ended = meter.CreateCounter<long>("tokenfall.runs.ended", "{run}", "Ended runs, by outcome.");
        _stopDuration = meter.CreateHistogram("tokenfall.stop.duration", "s", "Time from the call that stops a run to the end of its connection to the provider.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });
    }

    public void Ended(RunOutcome outcome, TimeSpan timeSinceStop)
    {
        _ended.Add(1, new KeyValuePair<string, object?>("tokenfall.outcome", outcome.Name));
        if (outcome.WasStopped) _stopDuration.Record(timeSinceStop.TotalSeconds);
    }
}
