namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>More connections than the server may have, for a moment: all descriptors that there are for connections are in use.</summary>
internal sealed class ConnectionsAction : ISoakAction
{
    private const int Connections = 400;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    public int Weight => 1;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => world.Caller.SendRawAsync([], Hold, CancellationToken.None)));
        world.Count("connections");
    }
}
