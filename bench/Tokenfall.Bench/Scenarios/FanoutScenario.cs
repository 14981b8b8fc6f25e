using System.Diagnostics;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Scenarios;

/// <summary>One run with very many readers: what each gets, how late, and for how much.</summary>
internal sealed class FanoutScenario : IScenario
{
    private const int TokensPerSecond = 50;
    private const int WarmReaders = 100;

    public async Task<Result> RunAsync(BenchOptions options)
    {
        var count = options.Count ?? 5_000;
        var tokens = (options.Seconds ?? 20) * TokensPerSecond;
        FileLimit.Require(count);
        var result = new Result();
        await using var server = await ChildServer.StartAsync("ticks");
        var path = await server.StartRunAsync(TickSource.Prompt(tokens, TokensPerSecond));
        await using (var warm = new ReaderGroup<TickCheck>()) await warm.OpenAsync(server.EndPoint, WarmReaders, Requests.Get(path), () => new TickCheck(null));
        var empty = await server.MeasureMemoryAsync();
        var ages = new DurationHistogram();
        await using var group = new ReaderGroup<TickCheck>();
        await group.OpenAsync(server.EndPoint, count, Requests.Get(path), () => new TickCheck(ages));

        Progress.Report($"{count} readers wait; {tokens} tokens at {TokensPerSecond} a second");
        var allocated = await server.AllocatedAsync();
        var (cpu, began) = (server.Cpu, Stopwatch.GetTimestamp());
        var readers = Environment.CpuUsage.TotalTime;
        await server.GoAsync();
        await group.EndAsync();
        var (used, took) = (server.Cpu - cpu, Stopwatch.GetElapsedTime(began));
        Check(group, tokens, result);

        result.Add("readers", count, "");
        result.Add("deltas delivered per second", group.Deltas / took.TotalSeconds, "1/s");
        result.Add("deltas per frame", (double)group.Deltas / Math.Max(1, group.Frames), "");
        result.Add("deltas in merged frames", 100.0 * (group.Deltas - group.Frames) / Math.Max(1, group.Deltas), "%");
        result.Add("added latency, p50", ages.Percentile(0.5), "ms");
        result.Add("added latency, p99", ages.Percentile(0.99), "ms");
        result.Add("added latency, highest", ages.Max, "ms");
        result.Add("server CPU per frame", used.TotalMicroseconds / Math.Max(1, group.Frames), "µs");
        result.Add("server CPU per delta", used.TotalMicroseconds / Math.Max(1, group.Deltas), "µs");
        result.Add("server allocates per frame", (double)(await server.AllocatedAsync() - allocated) / Math.Max(1, group.Frames), "B");
        result.Add("readers, CPU", 100 * (Environment.CpuUsage.TotalTime - readers).TotalSeconds / took.TotalSeconds, "% core");
        result.Add("server CPU", 100 * used.TotalSeconds / took.TotalSeconds, "% core");
        result.Add("duration (the model's own: " + tokens / TokensPerSecond + ")", took.TotalSeconds, "s");
        result.Add("RSS per reader after the run", ((await server.MeasureMemoryAsync()).Rss - empty.RssCollected) / 1024.0 / count, "KiB");
        return result;
    }

    private static void Check(ReaderGroup<TickCheck> group, int tokens, Result result)
    {
        group.Report(result);
        var first = group.Checks[0];
        foreach (var check in group.Checks)
        {
            if (check.Tokens != tokens) result.Fail($"a reader got {check.Tokens} tokens of {tokens}");
            else if (check.Hash != first.Hash) result.Fail("two readers saw different text");
            else if (check.Done != first.Done || check.Done is null) result.Fail("two readers saw different ends");
        }
    }
}
