using Tokenfall.Attacks.Floods;

namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>A probe, which is read to the end or left.</summary>
internal sealed class ProbeAction : ISoakAction
{
    public int Weight => 4;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        var head = HttpText.Head("GET /ask/stream/probe?interval=20&count=50", $"Authorization: Bearer {world.Key}", "Connection: close");
        world.Count($"probe {await world.Caller.SendRawAsync([head], TimeSpan.FromMilliseconds(random.Next(200, 3000)), CancellationToken.None)}");
    }
}
