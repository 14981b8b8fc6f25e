using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Scenarios;

/// <summary>What a reader costs that has nothing to read; beside it, what it costs on Kestrel alone.</summary>
internal sealed class IdleScenario : IScenario
{
    private const int WarmReaders = 200;
    private const double MaxKiB = 16;

    // Longer than a heartbeat's interval: each reader was written to while it was idle.
    private const int IdleSeconds = 20;

    public async Task<Result> RunAsync(BenchOptions options)
    {
        FileLimit.Require(CountOf(options));
        var result = new Result();
        result.Add("readers", CountOf(options), "");
        await using (var plain = await ChildServer.StartAsync("kestrel"))
            await MeasureAsync(result, "Kestrel alone", plain, options, Requests.Get(Requests.Path), null);
        await using (var server = await ChildServer.StartAsync("silent"))
        {
            var request = options.Spread ? Requests.Post() : Requests.Get(await server.StartRunAsync("wait"));
            await MeasureAsync(result, options.Spread ? "Tokenfall, a run each" : "Tokenfall, one run", server, options, request, MaxKiB);
        }
        return result;
    }

    private static async Task MeasureAsync(Result result, string name, ChildServer server, BenchOptions options, byte[] request, double? limit)
    {
        var count = CountOf(options);
        Progress.Report($"{name}: {WarmReaders} readers to warm up, then {count}");
        await using (var warm = new ReaderGroup<StreamCheck>())
        {
            await warm.OpenAsync(server.EndPoint, WarmReaders, request, () => new StreamCheck());
            warm.Report(result);
        }
        var empty = await server.MeasureMemoryAsync();
        await using var group = new ReaderGroup<StreamCheck>();
        await group.OpenAsync(server.EndPoint, count, request, () => new StreamCheck());
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds ?? IdleSeconds), TimeProvider.System);
        var full = await server.MeasureMemoryAsync();
        group.Report(result);
        result.Add($"{name}: RSS per reader", PerReader(empty.RssCollected, full.RssCollected, count), "KiB", limit);
        result.Add($"{name}: RSS before collecting", PerReader(empty.RssCollected, full.Rss, count), "KiB");
        result.Add($"{name}: heap per reader", PerReader(empty.Heap, full.Heap, count), "KiB");
        result.Add($"{name}: empty server", empty.RssCollected / 1048576.0, "MiB");
        if (full.Kernel > 0) result.Add($"{name}: kernel slab, both ends", PerReader(empty.Kernel, full.Kernel, count), "KiB");
    }

    private static int CountOf(BenchOptions options) => options.Count ?? 10_000;

    private static double PerReader(long empty, long full, int count) => (full - empty) / 1024.0 / count;
}
