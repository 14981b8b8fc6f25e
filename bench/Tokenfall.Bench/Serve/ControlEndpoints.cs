using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Bench.Serve;

/// <summary>Endpoints by which the benchmark controls its servers.</summary>
internal static class ControlEndpoints
{
    public const string Collect = "/bench/collect";
    public const string Runs = "/bench/runs";
    public const string Allocated = "/bench/allocated";
    public const string Go = "/bench/go";

    public static void Map(WebApplication app)
    {
        app.MapPost(Collect, () =>
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return GC.GetTotalMemory(forceFullCollection: false);
        });
        app.MapGet(Allocated, () => GC.GetTotalAllocatedBytes());
        app.MapGet(Runs, (IServiceProvider services) => services.GetService<RunManager>()?.Count ?? 0);
        app.MapPost(Go, TickSource.Go);
    }
}
