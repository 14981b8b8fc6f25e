namespace Tokenfall.Cli.Load;

/// <summary>One event as it lies in the receive buffer.</summary>
internal readonly ref struct SseFrame
{
    public ReadOnlySpan<byte> Id { get; init; }

    public ReadOnlySpan<byte> Event { get; init; }

    public ReadOnlySpan<byte> Data { get; init; }
}
