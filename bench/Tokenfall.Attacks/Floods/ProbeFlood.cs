namespace Tokenfall.Attacks.Floods;

/// <summary>Probes, as fast and as large as they may be.</summary>
internal sealed class ProbeFlood : IFlood
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    public string Name => "probes";

    public string Title => "signed in: probes";

    public string Description => "probes of a tick a millisecond, 1,000 characters each, which are read for 5 s";

    public int PerSecond => 40;

    public int AtOnce => 200;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken) => victim.SendRawAsync(
        [HttpText.Head("GET /ask/stream/probe?interval=1&count=4000&padding=1000", $"Authorization: Bearer {victim.Account.Key}")], Hold, cancellationToken);
}
