namespace Tokenfall.Attacks.Floods;

/// <summary>Starts of runs that are left at once.</summary>
internal sealed class StartFlood : IFlood
{
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(200);

    public string Name => "starts";

    public string Title => "signed in: starts";

    public string Description => "questions whose reader leaves after 0.2 s";

    public int PerSecond => 100;

    public int AtOnce => 64;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken) =>
        victim.SendRawAsync([HttpText.Ask("go", victim.Account.Key)], Hold, cancellationToken);
}
