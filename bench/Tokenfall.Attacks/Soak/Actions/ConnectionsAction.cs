namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>More connections than the server may have, for a moment: all descriptors that there are for connections are in use.</summary>
internal sealed class ConnectionsAction : ISoakAction
{
    // Twenty more than there may be; one burst at a time. Far larger ones can take all files before the server has closed them: see SOAK.md.
    private const int Connections = 340;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    private int _running;

    public int Weight => 1;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1) return;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => world.Caller.SendRawAsync([], Hold, CancellationToken.None)));
        Volatile.Write(ref _running, 0);
        world.Count("connections");
    }
}
