using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>One branch of a conversation as a Markdown file.</summary>
internal static class ConversationMarkdown
{
    /// <param name="context">The call.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="messages">All of its messages.</param>
    /// <param name="last">The branch's last message; null or unknown takes the newest.</param>
    public static async Task WriteAsync(HttpContext context, Conversation conversation, IReadOnlyList<ConversationMessage> messages, string? last)
    {
        var branch = ConversationHistory.BranchTo(messages, last) is { Count: > 0 } chosen ? chosen : ConversationHistory.BranchTo(messages, messages.Count == 0 ? null : messages[^1].Id)!;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# {conversation.Title}\n");
        foreach (var message in branch) Append(text, message);
        context.Response.ContentType = "text/markdown; charset=utf-8";
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void Append(StringBuilder text, ConversationMessage message)
    {
        var who = message.IsAnswer ? message.End?.Model ?? "Assistant" : "You";
        text.Append(CultureInfo.InvariantCulture, $"\n## {who}, {message.Created:yyyy-MM-dd HH:mm} UTC\n\n");
        if (message.Parts is not null) AppendParts(text, message.Parts);
        if (message.IsAnswer && message.End is not { Status: RunStatus.Done })
            text.Append(CultureInfo.InvariantCulture, $"*{(message.End is null ? "Still being written." : message.End.Error?.Message ?? "Stopped.")}*\n");
    }

    private static void AppendParts(StringBuilder text, string parts)
    {
        using var stored = JsonDocument.Parse(parts);
        foreach (var part in stored.RootElement.EnumerateArray())
        {
            switch (part.GetProperty("type").GetString())
            {
                case "text":
                    text.Append(part.GetProperty("text").GetString()).Append("\n\n");
                    break;
                case "tool_call":
                    text.Append(CultureInfo.InvariantCulture, $"*Called the tool {part.GetProperty("value").GetProperty("name").GetString()}.*\n\n");
                    break;
                case "source" when part.GetProperty("value").TryGetProperty("url", out var url):
                    text.Append(CultureInfo.InvariantCulture, $"- <{url.GetString()}>\n");
                    break;
                default:
                    break;
            }
        }
    }
}
