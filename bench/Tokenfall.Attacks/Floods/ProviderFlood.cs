using Tokenfall.Bench.Serve;

namespace Tokenfall.Attacks.Floods;

/// <summary>A provider that answers without end, to as many questions as the attacker may ask at once.</summary>
internal sealed class ProviderFlood : IFlood
{
    public string Name => "provider";

    public string Title => "a provider that floods";

    public string Description => "four answers without end: two of 5,000 small deltas a second, two of 200 large ones (3 MiB)";

    public int PerSecond => 4;

    public int AtOnce => 4;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken) => victim.SendRawAsync(
        [HttpText.Ask(number % 2 == 0 ? AttackedModel.Small : AttackedModel.Large, victim.Account.Key)], TimeSpan.FromMinutes(10), cancellationToken);
}
