using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tokenfall.AspNetCore;

/// <summary>The JSON body that starts a run: a prompt, or a conversation.</summary>
internal sealed record RunRequestBody
{
    /// <summary>One question.</summary>
    public string? Prompt { get; init; }

    /// <summary>A conversation, oldest message first; the last one is the user's.</summary>
    public IReadOnlyList<RunRequestMessage>? Messages { get; init; }

    /// <summary>The stored conversation that the question belongs to; one that is new is created.</summary>
    public string? Conversation { get; init; }

    /// <summary>The answer that the question follows in its conversation.</summary>
    public string? Parent { get; init; }

    /// <summary>The question's id in its conversation; without a prompt, a stored question that gets another answer.</summary>
    public string? Question { get; init; }

    /// <summary>What happens when nobody reads: <c>stop</c>, <c>continue</c> or <c>grace</c>.</summary>
    public string? Disconnect { get; init; }

    /// <summary>The model to ask, one of those that the endpoint offers.</summary>
    public JsonElement? Model { get; init; }

    /// <summary>Sampling temperature, where the endpoint allows it. Like the next two it may be anything elsewhere: it is ignored there.</summary>
    public JsonElement? Temperature { get; init; }

    /// <summary>Longest answer in tokens, where the endpoint allows it.</summary>
    [JsonPropertyName("max_tokens")]
    public JsonElement? MaxTokens { get; init; }

    /// <summary>How much the model reasons, where the endpoint allows it.</summary>
    [JsonPropertyName("reasoning_effort")]
    public JsonElement? ReasoningEffort { get; init; }
}

/// <summary>One message of a conversation.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RunRequestMessage
{
    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public string? Role { get; init; }

    /// <summary>What was said.</summary>
    public string? Content { get; init; }
}
