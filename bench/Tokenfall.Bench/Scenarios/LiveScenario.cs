using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Scenarios;

/// <summary>What a live run costs, from the model's connection to its reader's.</summary>
internal sealed class LiveScenario : IScenario
{
    private const int TokensPerSecond = 10;
    private const int WarmRuns = 50;
    private const double MaxKiB = 64;

    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(3);

    public async Task<Result> RunAsync(BenchOptions options)
    {
        var count = options.Count ?? 2_000;
        var watched = options.Seconds ?? 10;
        var tokens = (watched + SlackFor(count)) * TokensPerSecond;
        FileLimit.Require(2 * count);
        var result = new Result();
        result.Add("live runs", count, "");
        await using var model = await ChildServer.StartAsync(BenchModel.Arguments(tokens, TokensPerSecond, WarmRuns));
        await using var server = await ChildServer.StartAsync("anthropic", model.Url.ToString());
        await using (var warm = await OpenAsync(server, WarmRuns)) await FinishAsync(warm, tokens, result);
        var empty = await server.MeasureMemoryAsync();

        Progress.Report($"{count} runs start");
        await using var group = await OpenAsync(server, count);
        await Task.WhenAll(group.Checks.Select(check => check.FirstText));
        await Task.Delay(SettleTime, TimeProvider.System);
        await WatchAsync(server, model, group, watched, result);
        await MeasureMemoryAsync(server, empty, count, result);

        Progress.Report("the answers end");
        await FinishAsync(group, tokens, result);
        if (await server.RunsAsync() is var left && left != 0) result.Fail($"{left} runs were alive after all had ended");
        return result;
    }

    private static async Task MeasureMemoryAsync(ChildServer server, ServerMemory empty, int count, Result result)
    {
        var full = await server.MeasureMemoryAsync();
        if (await server.RunsAsync() is var alive && alive != count) result.Note($"only {alive} of {count} runs were alive when they were weighed: this machine is too busy, or too slow, for so many.");
        result.Add("RSS per run", (full.RssCollected - empty.RssCollected) / 1024.0 / count, "KiB", MaxKiB);
        result.Add("RSS per run before collecting", (full.Rss - empty.RssCollected) / 1024.0 / count, "KiB");
        result.Add("heap per run", (full.Heap - empty.Heap) / 1024.0 / count, "KiB");
        result.Add("empty server", empty.RssCollected / 1048576.0, "MiB");
    }

    private static async Task<ReaderGroup<AnswerCheck>> OpenAsync(ChildServer server, int count)
    {
        var group = new ReaderGroup<AnswerCheck>();
        await group.OpenAsync(server.EndPoint, count, Requests.Post(), () => new AnswerCheck());
        return group;
    }

    private static async Task WatchAsync(ChildServer server, ChildServer model, ReaderGroup<AnswerCheck> group, int seconds, Result result)
    {
        Progress.Report($"all speak; {seconds} s are watched");
        var (cpu, deltas, frames) = (server.Cpu, group.Deltas, group.Frames);
        var others = model.CpuWithReaders;
        var allocated = await server.AllocatedAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var (used, delivered, written) = (server.Cpu - cpu, group.Deltas - deltas, group.Frames - frames);
        result.Add("deltas delivered per second", (double)delivered / seconds, "1/s");
        result.Add("deltas per frame", (double)delivered / Math.Max(1, written), "");
        result.Add("server CPU per delta", used.TotalMicroseconds / Math.Max(1, delivered), "µs");
        result.Add("server allocates per delta", (double)(await server.AllocatedAsync() - allocated) / Math.Max(1, delivered), "B");
        result.Add("server CPU", 100 * used.TotalSeconds / seconds, "% core");
        result.Add("model and readers, CPU", 100 * (model.CpuWithReaders - others).TotalSeconds / seconds, "% core");
    }

    // Seconds of answer beside the watched ones: for connecting all, settling and weighing.
    private static int SlackFor(int count) => 8 + count / 100;

    private static async Task FinishAsync(ReaderGroup<AnswerCheck> group, int tokens, Result result)
    {
        await group.EndAsync();
        var text = BenchModel.Script(tokens).Text;
        foreach (var check in group.Checks) check.Expect(text);
        group.Report(result);
    }
}
