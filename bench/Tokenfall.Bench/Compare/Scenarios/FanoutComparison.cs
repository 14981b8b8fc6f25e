using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>One run with many readers.</summary>
internal sealed class FanoutComparison : IComparison
{
    private const int Readers = 1_000;
    private const int TokensPerSecond = 50;

    // The readers connect before the model's first token; two seconds of warm-up follow it.
    private const int Delay = 5, WarmUp = 2;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(2);

    public string Name => "fanout";

    public string Title => string.Create(CultureInfo.InvariantCulture, $"One run to {Readers:N0} readers at {TokensPerSecond} tokens/s");

    public string Headline => "its core";

    public bool AppliesTo(Contender contender) => contender.Name == Contenders.Tokenfall;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        FileLimit.Require(Readers);
        var result = new Result();
        var watch = options.Quick ? 3 : 6;
        var tokens = (WarmUp + watch + 1) * TokensPerSecond;
        var times = new TokenTimes();
        await using var model = await ChildServer.StartAsync(NumbersModel.Stamped(tokens, TokensPerSecond, Delay));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.EndPoint}") };
        await using var load = new TokenLoad(server.EndPoint, Requests.Get(await Requests.StartRunAsync(http, "go")), tokens, times);
        await load.OpenAsync(Readers, Ramp);
        await load.WaitForFirstTokensAsync();
        await Task.Delay(TimeSpan.FromSeconds(WarmUp), TimeProvider.System);

        var (cpu, others, delivered, began) = (server.Cpu, model.CpuWithReaders, load.Tokens, Stopwatch.GetTimestamp());
        times.IsRecording = true;
        await Task.Delay(TimeSpan.FromSeconds(watch), TimeProvider.System);
        times.IsRecording = false;
        var (used, deltas, took) = (server.Cpu - cpu, load.Tokens - delivered, Stopwatch.GetElapsedTime(began));
        var busy = (model.CpuWithReaders - others) / took;

        result.Add(Headline, 100 * used / took, "%");
        result.Add("CPU per delta", used.TotalMicroseconds / Math.Max(1, deltas), "µs");
        result.Add("delta p50", times.Ages.Percentile(0.5), "ms");
        result.Add("delta p99", times.Ages.Percentile(0.99), "ms");
        result.Add("deltas per second", deltas / took.TotalSeconds, "1/s");
        result.Add("load's core", 100 * busy, "%");
        await load.FinishAsync(deltas / took.TotalSeconds, Readers * TokensPerSecond, busy, result);
        return result;
    }
}
