using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>What a protocol read from a request.</summary>
/// <param name="Messages">The conversation, oldest message first; user and assistant messages only. The last one is the user's.</param>
[Experimental("TOKENFALL001")]
public sealed record ProtocolRequest(IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>The model that the caller chose; null leaves it to the endpoint.</summary>
    public string? Model { get; init; }

    /// <summary>Settings that the caller asks for. The endpoint decides which it allows: <see cref="RequestOptionLimits"/>.</summary>
    public RequestOptions Options { get; init; } = new();

    /// <summary>What happens when nobody reads; null leaves it to the endpoint.</summary>
    public DisconnectPolicy? Disconnect { get; init; }

    /// <summary>Gives the bytes that tell this request from another one, for idempotency keys.</summary>
    public required Func<ReadOnlyMemory<byte>> Content { get; init; }
}

/// <summary>Settings of the model that a caller may ask for.</summary>
[Experimental("TOKENFALL001")]
public sealed record RequestOptions
{
    /// <summary>Sampling temperature.</summary>
    public float? Temperature { get; init; }

    /// <summary>Longest answer, in tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How much the model reasons: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c> or <c>extra_high</c>.</summary>
    public ReasoningEffort? ReasoningEffort { get; init; }
}
