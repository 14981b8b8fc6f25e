using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>How many streams a contender can serve at once on its core without noticeable delay.</summary>
internal sealed class MaxStreamsComparison : IComparison
{
    private const int TokensPerSecond = 50;
    private const double MaxLatencyMs = 100;
    private const double MinDelivered = 0.98;
    private const int FirstStep = 16, FirstStride = 4;

    // Long enough to work off what the starts have left: steady streams are measured, not a thousand starts per second.
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(2.5);

    // Each 12 % above the previous one: 50 to 1,700.
    private static readonly int[] Steps = [.. Enumerable.Range(0, 32).Select(step => (int)Math.Round(50 * Math.Pow(1.12, step) / 5) * 5)];

    // Each round starts from the result of the previous one.
    private readonly ConcurrentDictionary<string, int> _found = new();

    public string Name => "most";

    public string Title => "Most streams at 50 tokens/s with p99 of a delta's latency under 100 ms";

    public string Headline => "streams";

    public bool AppliesTo(Contender contender) => contender is not DirectContender;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        var result = new Result();
        var tokens = (int)((Ramp + WarmUp + Watch).TotalSeconds * TokensPerSecond);
        await using var model = await ChildServer.StartAsync(NumbersModel.Stamped(tokens, TokensPerSecond));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        var held = new Attempt(0, 0, 0, 0);
        var full = 0;
        var known = _found.TryGetValue(contender.Name, out var last);
        var highest = await StepSearch.HighestAsync(Steps.Length, known ? last : FirstStep, known ? 1 : FirstStride, async step =>
        {
            var attempt = await MeasureStepAsync(Steps[step], server, model, contender, tokens, result);
            Progress.Report(string.Create(CultureInfo.InvariantCulture, $"  {attempt.Streams} streams: p99 {attempt.P99:F1} ms, {attempt.PerSecond:N0} deltas/s, load's core {attempt.LoadCore:P0}"));
            if (attempt.LoadCore > TokenLoad.FullCore) full = Math.Max(full, attempt.Streams);
            var holds = attempt.P99 < MaxLatencyMs && attempt.PerSecond >= MinDelivered * attempt.Streams * TokensPerSecond;
            if (holds) held = attempt;
            return holds;
        });
        _found[contender.Name] = Math.Max(0, highest);
        if (full > 0) result.Note(string.Create(CultureInfo.InvariantCulture, $"with {full} streams the core of the model and the readers was full: it may serve more."));
        if (highest == Steps.Length - 1) result.Note(string.Create(CultureInfo.InvariantCulture, $"more than {held.Streams:N0} were not tried."));
        result.Add(Headline, held.Streams, "");
        result.Add("delta p99 then", held.P99, "ms");
        result.Add("deltas per second then", held.PerSecond, "1/s");
        return result;
    }

    // Every answer is read to its end: abandoned runs would go on for a while and burden the next step.
    private static async Task<Attempt> MeasureStepAsync(int streams, ContenderProcess server, ChildServer model, Contender contender, int tokens, Result result)
    {
        FileLimit.Require(2 * streams);
        var times = new TokenTimes();
        await using var load = new TokenLoad(server.EndPoint, contender.Request, tokens, times);
        await load.OpenAsync(streams, Ramp);
        await Task.Delay(WarmUp, TimeProvider.System);
        times.IsRecording = true;
        var (busy, delivered, began) = (model.CpuWithReaders, load.Tokens, Stopwatch.GetTimestamp());
        await Task.Delay(Watch - TimeSpan.FromSeconds(0.5), TimeProvider.System);
        times.IsRecording = false;
        var took = Stopwatch.GetElapsedTime(began);
        var attempt = new Attempt(streams, times.Ages.Percentile(0.99), (load.Tokens - delivered) / took.TotalSeconds, (model.CpuWithReaders - busy) / took);
        await load.EndAsync(result);
        return attempt;
    }

    private sealed record Attempt(int Streams, double P99, double PerSecond, double LoadCore);
}
