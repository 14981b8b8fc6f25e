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
internal sealed class CpuComparison(int streams) : IComparison
{
    private const int TokensPerSecond = 20;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"cpu-{streams}");

    public string Title => string.Create(CultureInfo.InvariantCulture, $"CPU per delta, {streams:N0} streams x {TokensPerSecond} tokens/s");

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        var watch = TimeSpan.FromSeconds(options.Quick ? 4 : 8);
        var tokens = (int)((Ramp + WarmUp + watch + Slack).TotalSeconds * TokensPerSecond);
        FileLimit.Require(2 * streams);
        var result = new Result();
        await using var model = await ChildServer.StartAsync(NumbersModel.Arguments(tokens, TokensPerSecond));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, tokens);
        await load.OpenAsync(streams, Ramp);
        await Task.Delay(WarmUp, TimeProvider.System);

        var (cpu, others, delivered, began) = (server.Cpu, model.Cpu + Environment.CpuUsage.TotalTime, load.Tokens, Stopwatch.GetTimestamp());
        await Task.Delay(watch, TimeProvider.System);
        var (used, busy, deltas, took) = (server.Cpu - cpu, model.Cpu + Environment.CpuUsage.TotalTime - others, load.Tokens - delivered, Stopwatch.GetElapsedTime(began));
        await load.EndAsync(result);

        result.Add("CPU per delta", used.TotalMicroseconds / Math.Max(1, deltas), "µs");
        result.Add("deltas per second", deltas / took.TotalSeconds, "1/s");
        result.Add("contender's core", 100 * used / took, "%");
        result.Add("model's and readers' core", 100 * busy / took, "%");
        if (busy > 0.9 * took) result.Note("the core of the model and the readers was full: the figures are those of a load that fell behind.");
        return result;
    }
}
