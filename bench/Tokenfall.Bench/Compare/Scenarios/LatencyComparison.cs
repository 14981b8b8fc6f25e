using System.Diagnostics;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;

namespace Tokenfall.Bench.Compare;

/// <summary>How much a contender delays tokens while streams start and end.</summary>
internal sealed class LatencyComparison : IComparison
{
    private const int Streams = 100;
    private const int TokensPerSecond = 50;
    private const int SecondsOfAnAnswer = 2;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(SecondsOfAnAnswer);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public string Name => "latency";

    public string Title => "Time to first token and latency of each delta, 100 streams x 50 tokens/s";

    public string Headline => "delta p50";

    public bool AppliesTo(Contender contender) => true;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        var result = new Result();
        var times = new TokenTimes();
        var tokens = SecondsOfAnAnswer * TokensPerSecond;
        await using var model = await ChildServer.StartAsync(NumbersModel.Stamped(tokens, TokensPerSecond));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, tokens, times) { ReplaceEnded = true };
        await load.OpenAsync(Streams, Ramp);
        await Task.Delay(WarmUp, TimeProvider.System);
        var (delivered, began) = (load.Tokens, Stopwatch.GetTimestamp());
        times.IsRecording = true;
        await Task.Delay(TimeSpan.FromSeconds(options.Quick ? 3 : 5), TimeProvider.System);
        times.IsRecording = false;
        var perSecond = (load.Tokens - delivered) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        TokenLoad.NoteIfBehind(perSecond, Streams * TokensPerSecond, result);
        await load.EndAsync(result);

        result.Add("first token p50", times.Firsts.Percentile(0.5), "ms");
        result.Add("first token p99", times.Firsts.Percentile(0.99), "ms");
        result.Add(Headline, times.Ages.Percentile(0.5), "ms");
        result.Add("delta p99", times.Ages.Percentile(0.99), "ms");
        result.Add("deltas per second", perSecond, "1/s");
        return result;
    }
}
