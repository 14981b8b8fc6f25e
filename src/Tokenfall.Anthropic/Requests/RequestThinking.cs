using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Gives the model its own thinking back, which only the provider that signed it can read.</summary>
/// <remarks>
/// A reasoning is Anthropic's when its <see cref="AIContent.AdditionalProperties"/> name the <c>provider</c> <c>anthropic</c>, or when Anthropic's own
/// SDK made it. Any other is left out: the API would refuse it, and it is not needed to go on.
/// </remarks>
internal static class RequestThinking
{
    public static bool IsOurs(TextReasoningContent reasoning) =>
        !string.IsNullOrEmpty(reasoning.ProtectedData)
        && (Property(reasoning, "provider") == "anthropic" || RawType(reasoning)?.Namespace?.StartsWith("Anthropic.", StringComparison.Ordinal) == true);

    public static void Write(Utf8JsonWriter json, TextReasoningContent reasoning)
    {
        var isRedacted = Property(reasoning, "type") == "redacted_thinking"
            || RawType(reasoning)?.Name.Contains("RedactedThinking", StringComparison.Ordinal) == true;
        json.WriteString("type", isRedacted ? "redacted_thinking" : "thinking");
        if (!isRedacted) json.WriteString("thinking", reasoning.Text);
        json.WriteString(isRedacted ? "data" : "signature", reasoning.ProtectedData);
    }

    private static string? Property(TextReasoningContent reasoning, string name) =>
        reasoning.AdditionalProperties?.TryGetValue(name, out var value) == true ? value as string : null;

    private static Type? RawType(TextReasoningContent reasoning) => reasoning.RawRepresentation?.GetType();
}
