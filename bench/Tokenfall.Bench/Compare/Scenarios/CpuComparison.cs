using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>Processor time of a contender per token that it delivers, while nothing else is asked of it.</summary>
/// <param name="streams">How many at a time.</param>
/// <param name="allCores">
/// Whether it may use every core, as most servers may. A runtime that sees one core only does not let its threads spin, and so looks
/// cheaper than it is.
/// </param>
internal sealed class CpuComparison(int streams, bool allCores = false) : IComparison
{
    private const int TokensPerSecond = 20;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"cpu-{streams}{(allCores ? "-all" : "")}");

    public string Title => string.Create(CultureInfo.InvariantCulture, $"CPU per delta, {streams:N0} streams x {TokensPerSecond} tokens/s{(allCores ? ", every core open to the contender" : "")}");

    public string Headline => "CPU per delta";

    public bool Takes(Contender contender) => contender is not DirectContender;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        var watch = TimeSpan.FromSeconds(options.Quick ? 3 : 7);
        var tokens = (int)((Ramp + WarmUp + watch + Slack).TotalSeconds * TokensPerSecond);
        FileLimit.Require(2 * streams);
        var result = new Result();
        await using var model = await ChildServer.StartAsync(NumbersModel.Stamped(tokens, TokensPerSecond));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url, allCores);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, tokens);
        await load.OpenAsync(streams, Ramp);
        await Task.Delay(WarmUp, TimeProvider.System);

        var (cpu, others, delivered, began) = (server.Cpu, LoadCpu(model), load.Tokens, Stopwatch.GetTimestamp());
        await Task.Delay(watch, TimeProvider.System);
        var (used, busy, deltas, took) = (server.Cpu - cpu, LoadCpu(model) - others, load.Tokens - delivered, Stopwatch.GetElapsedTime(began));

        result.Add(Headline, used.TotalMicroseconds / Math.Max(1, deltas), "µs");
        result.Add("deltas per second", deltas / took.TotalSeconds, "1/s");
        result.Add(allCores ? "of a core" : "its core", 100 * used / took, "%");
        result.Add("load's core", 100 * busy / took, "%");
        await load.FinishAsync(deltas / took.TotalSeconds, streams * TokensPerSecond, busy / took, result);
        return result;
    }

    private static TimeSpan LoadCpu(ChildServer model) => model.Cpu + Environment.CpuUsage.TotalTime;
}
