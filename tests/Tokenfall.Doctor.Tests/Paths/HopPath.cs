using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Paths;

/// <summary>An application and the hops before it, until disposed.</summary>
internal sealed class HopPath : IAsyncDisposable
{
    private readonly List<IHop> _hops = [];

    private HopPath(OriginApp app)
    {
        App = app;
        _hops.Add(app);
    }

    public OriginApp App { get; }

    /// <summary>From the reader's side to the application, which is the last.</summary>
    public IReadOnlyList<IHop> Hops => _hops;

    public IHop Outermost => _hops[0];

    /// <summary>What all of them have said; for a test that failed.</summary>
    public string Log => string.Join('\n', _hops.Select(hop => hop.Log));

    /// <param name="headers">What the application says about its streams.</param>
    /// <param name="hops">From the reader's side to the application.</param>
    public static async Task<HopPath> StartAsync(OriginHeaders headers, params HopStart[] hops)
    {
        var path = new HopPath(await OriginApp.StartAsync(headers));
        try
        {
            foreach (var start in hops.Reverse()) path._hops.Insert(0, await start(path.Outermost.Http));
            return path;
        }
        catch
        {
            await path.DisposeAsync();
            throw;
        }
    }

    // From the front to the back, so that nobody waits for a connection that another one holds.
    public async ValueTask DisposeAsync()
    {
        foreach (var hop in _hops) await hop.DisposeAsync();
    }
}
