using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes a stream of <see cref="ChatResponseUpdate"/>s as a run's events.</summary>
public static class ChatUpdates
{
    /// <summary>Reads the updates to their end. The run is complete when the last response in them had a finish reason.</summary>
    /// <param name="updates">The stream; it may hold several responses, as a tool-calling client's does.</param>
    /// <param name="writer">Takes the events.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static async Task WriteAsync(IAsyncEnumerable<ChatResponseUpdate> updates, RunWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(updates);
        ArgumentNullException.ThrowIfNull(writer);
        var usage = new ChatUsage();
        ChatFinishReason? finish = null;
        string? finished = null;
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (IsOfAnotherResponse(update, finished)) finish = null;
            foreach (var content in update.Contents)
            {
                if (content is TextContent or TextReasoningContent or FunctionCallContent) finish = null;
                Write(content, writer);
                if (content is not UsageContent { Details: var details }) continue;
                usage.Add(update.ResponseId, details);
                writer.Usage(usage.Total);
            }
            if (update.FinishReason is not null) (finish, finished) = (update.FinishReason, update.ResponseId);
        }
        if (finish is { } reason) writer.Complete(ToStopReason(reason));
    }

    // The model was asked again, so its earlier finish no longer counts. What a tool answered is not the model's.
    private static bool IsOfAnotherResponse(ChatResponseUpdate update, string? finished) =>
        finished is not null && update.ResponseId is { } response && response != finished && update.Role != ChatRole.Tool;

    private static void Write(AIContent content, RunWriter writer)
    {
        switch (content)
        {
            case TextContent { Text: var piece }:
                writer.Text(piece);
                break;
            case TextReasoningContent { Text: var piece }:
                writer.Reasoning(piece);
                break;
            case FunctionCallContent call:
                writer.ToolCall(call.CallId, call.Name, ToJson(call.Arguments));
                break;
            case FunctionResultContent result:
                writer.ToolResult(result.CallId, ToJson(result.Result));
                break;
        }
    }

    private static byte[] ToJson(object? value) => JsonSerializer.SerializeToUtf8Bytes(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));

    // One vocabulary for readers, whoever the provider is.
    private static string ToStopReason(ChatFinishReason reason) => reason.Value switch
    {
        "stop" => "end_turn",
        "length" => "max_tokens",
        "tool_calls" => "tool_use",
        "content_filter" => "refusal",
        var other => other,
    };
}
