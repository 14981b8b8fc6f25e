using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Assembles what the model is sent of a stored conversation: one branch, as much of its end as fits into a number of tokens.</summary>
internal static class ConversationHistory
{
    // Where no provider has counted. A little more than most texts have, so that the budget holds.
    private const int CharsPerToken = 3;

    /// <summary>The messages from the first question to this one.</summary>
    /// <returns>The branch, oldest first; null if the message, or one before it, is not there.</returns>
    public static List<ConversationMessage>? BranchTo(IReadOnlyList<ConversationMessage> messages, string? last)
    {
        var byId = messages.ToDictionary(message => message.Id);
        var branch = new List<ConversationMessage>();
        for (var id = last; id is not null; id = branch[^1].Parent)
        {
            if (!byId.TryGetValue(id, out var message) || branch.Count == messages.Count) return null;
            branch.Add(message);
        }
        branch.Reverse();
        return branch;
    }

    /// <summary>The end of a branch, beginning with a question.</summary>
    /// <param name="branch">The messages before the question that is asked now.</param>
    /// <param name="maxTokens">The most tokens of them all.</param>
    public static List<ChatMessage> Of(IReadOnlyList<ConversationMessage> branch, int maxTokens)
    {
        var first = branch.Count;
        long tokens = 0;
        for (var i = branch.Count - 1; i >= 0; i--)
        {
            tokens += TokensOf(branch, i);
            if (tokens > maxTokens) break;
            // An answer without its question says little.
            if (!branch[i].IsAnswer) first = i;
        }
        return [.. ToChat(branch.Skip(first).ToList())];
    }

    // A question whose answer has not a word is left out with it: models expect the two in turn.
    private static IEnumerable<ChatMessage> ToChat(List<ConversationMessage> branch)
    {
        for (var i = 0; i < branch.Count; i++)
        {
            if (!branch[i].IsAnswer && i + 1 < branch.Count && branch[i + 1].IsAnswer && !ToChat(branch[i + 1]).Any()) i++;
            else foreach (var message in ToChat(branch[i])) yield return message;
        }
    }

    // The provider's figures: what it wrote, and by how much its input grew with a question.
    private static long TokensOf(IReadOnlyList<ConversationMessage> branch, int index)
    {
        var message = branch[index];
        if (message.IsAnswer && message.End is { Quality: UsageQuality.Measured, Usage.OutputTokens: { } output }) return output;
        return ((message.Parts?.Length ?? 0) / CharsPerToken) + 1;
    }

    private static IEnumerable<ChatMessage> ToChat(ConversationMessage message)
    {
        if (message.Parts is null) yield break;
        using var json = JsonDocument.Parse(message.Parts);
        var parts = json.RootElement.EnumerateArray().Select(part => part.Clone()).ToList();
        if (!message.IsAnswer)
        {
            yield return new ChatMessage(ChatRole.User, [.. parts.Where(IsText).Select(TextOf)]);
            yield break;
        }
        foreach (var answer in AnswerOf(parts)) yield return answer;
    }

    // Calls go back with their results, which the providers want behind them; a call without one was never answered.
    private static IEnumerable<ChatMessage> AnswerOf(List<JsonElement> parts)
    {
        var results = parts.Where(part => TypeOf(part) == "tool_result").ToLookup(part => part.GetProperty("value").GetProperty("id").GetString()!);
        var said = new List<AIContent>();
        foreach (var part in parts)
        {
            if (IsText(part)) said.Add(TextOf(part));
            if (TypeOf(part) != "tool_call") continue;
            var call = part.GetProperty("value");
            var id = call.GetProperty("id").GetString()!;
            if (call.TryGetProperty("provider_executed", out _) || call.TryGetProperty("incomplete", out _) || results[id].FirstOrDefault() is not { ValueKind: JsonValueKind.Object } result) continue;
            said.Add(new FunctionCallContent(id, call.GetProperty("name").GetString()!, ArgumentsOf(call.GetProperty("input"))));
            yield return new ChatMessage(ChatRole.Assistant, [.. said]);
            yield return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, result.GetProperty("value").GetProperty("output"))]);
            said.Clear();
        }
        if (said.Count > 0) yield return new ChatMessage(ChatRole.Assistant, said);
    }

    private static Dictionary<string, object?>? ArgumentsOf(JsonElement input) =>
        input.ValueKind == JsonValueKind.Object ? input.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value) : null;

    private static string? TypeOf(JsonElement part) => part.GetProperty("type").GetString();

    private static bool IsText(JsonElement part) => TypeOf(part) == "text" && part.GetProperty("text").GetString() is { Length: > 0 };

    private static TextContent TextOf(JsonElement part) => new(part.GetProperty("text").GetString());
}
