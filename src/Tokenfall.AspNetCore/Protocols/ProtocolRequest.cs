using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>The content of a request, as read by a protocol.</summary>
[Experimental("TOKENFALL001")]
public sealed record ProtocolRequest
{
    /// <summary>Creates the request.</summary>
    /// <param name="messages">The conversation, oldest message first; user and assistant messages only. The last one is the user's.</param>
    public ProtocolRequest(IReadOnlyList<ChatMessage> messages)
    {
        Messages = messages;
    }

    /// <summary>The conversation, oldest message first; user and assistant messages only. The last one is the user's.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The place of the question in a stored conversation, whose messages are then used instead of <see cref="Messages"/>; null if there is none.</summary>
    public ConversationTurn? Turn { get; init; }

    /// <summary>The model that the caller chose; null lets the endpoint choose.</summary>
    public string? Model { get; init; }

    /// <summary>Settings that the caller asks for. The endpoint decides which are allowed: <see cref="RequestOptionLimits"/>.</summary>
    public RequestOptions Options { get; init; } = RequestOptions.None;

    /// <summary>What happens when nobody is reading; null lets the endpoint decide.</summary>
    public DisconnectPolicy? Disconnect { get; init; }

    /// <summary>Returns the bytes that identify this request's content, for idempotency keys.</summary>
    public required Func<ReadOnlyMemory<byte>> Content { get; init; }
}

/// <summary>Settings of the model that a caller may ask for.</summary>
[Experimental("TOKENFALL001")]
public sealed record RequestOptions
{
    internal static readonly RequestOptions None = new();

    /// <summary>The sampling temperature.</summary>
    public float? Temperature { get; init; }

    /// <summary>The longest answer, in tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How much the model reasons: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c> or <c>extra_high</c>.</summary>
    public ReasoningEffort? ReasoningEffort { get; init; }
}
