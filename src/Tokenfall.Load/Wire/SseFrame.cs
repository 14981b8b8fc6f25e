namespace Tokenfall.Load;

/// <summary>One event, as bytes in the receive buffer.</summary>
public readonly ref struct SseFrame
{
    /// <summary>The value of its <c>id</c> field; empty when it has none.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>The value of its <c>event</c> field; empty when it has none.</summary>
    public ReadOnlySpan<byte> Event { get; init; }

    /// <summary>The value of its last <c>data</c> field.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}
