using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes a stream of <see cref="ChatResponseUpdate"/>s as a run's events. <c>docs/events.md</c> says what becomes what.</summary>
public static class ChatUpdates
{
    private const string UnknownProvider = "chat_client";

    /// <summary>Reads the updates to their end. The run is complete when the last response in them had a finish reason.</summary>
    /// <param name="updates">The stream; it may hold several responses, as a tool-calling client's does.</param>
    /// <param name="writer">Takes the events.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>Completes at the end of the updates.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="updates"/> or <paramref name="writer"/> is null.</exception>
    /// <exception cref="ModelException">The updates report an error, or are larger than a run may be.</exception>
    public static Task WriteAsync(IAsyncEnumerable<ChatResponseUpdate> updates, RunWriter writer, CancellationToken cancellationToken) =>
        WriteAsync(updates, writer, UnknownProvider, cancellationToken);

    /// <summary>Reads the updates to their end. The run is complete when the last response in them had a finish reason.</summary>
    /// <param name="updates">The stream; it may hold several responses, as a tool-calling client's does.</param>
    /// <param name="writer">Takes the events.</param>
    /// <param name="provider">Whose updates they are: what only the provider can use is kept under this name. Null when it is not known.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>Completes at the end of the updates.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="updates"/> or <paramref name="writer"/> is null.</exception>
    /// <exception cref="ModelException">The updates report an error, or are larger than a run may be.</exception>
    public static Task WriteAsync(IAsyncEnumerable<ChatResponseUpdate> updates, RunWriter writer, string? provider, CancellationToken cancellationToken) =>
        WriteAsync(updates, writer, provider, isApplications: false, cancellationToken);

    /// <summary>
    /// Reads updates that the application makes, perhaps of several models, to their end. What follows a finish reason is the application's time, not
    /// the model's.
    /// </summary>
    internal static Task WriteFromApplicationAsync(IAsyncEnumerable<ChatResponseUpdate> updates, RunWriter writer, CancellationToken cancellationToken) =>
        WriteAsync(updates, writer, UnknownProvider, isApplications: true, cancellationToken);

    private static async Task WriteAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates, RunWriter writer, string? provider, bool isApplications, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(updates);
        ArgumentNullException.ThrowIfNull(writer);
        var contents = new ChatContentWriter(writer, provider ?? UnknownProvider);
        ChatFinishReason? finish = null;
        string? finished = null;
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (IsOfAnotherResponse(update, finished))
            {
                finish = null;
                contents.ForgetTools();
                writer.FinishUsage(false);
            }
            contents.Begin(update);
            foreach (var content in update.Contents)
            {
                // What it says before its finish reason belongs to the response that called.
                if (IsText(content) && (finish is not null || writer.EndCompletes)) contents.ForgetTools();
                if (IsAnswer(content)) finish = null;
                contents.Write(content);
            }
            if (update.FinishReason is not null) (finish, finished) = (update.FinishReason, update.ResponseId);
            // What is counted of a response that has finished is all of it.
            if (finish is not null && update.Contents.Any(content => content is UsageContent)) writer.FinishUsage(true);
            // Tools run when the response that asked for them has ended. Its finish reason says so, where the client gives any.
            var runsTools = contents.AwaitsTools && (finish is not null || writer.EndCompletes);
            if (runsTools || (isApplications && finish is not null)) writer.PauseContentTimeout();
        }
        if (finish is { } reason) writer.Complete(contents.HasRefused ? "refusal" : ToStopReason(reason));
        else if (writer.EndCompletes && !cancellationToken.IsCancellationRequested) writer.Complete(contents.HasRefused ? "refusal" : EndOfSequence.StopReason);
    }

    // The model was asked again, so its earlier finish no longer counts. What a tool answered is not the model's.
    private static bool IsOfAnotherResponse(ChatResponseUpdate update, string? finished) =>
        finished is not null && update.ResponseId is { } response && response != finished && update.Role != ChatRole.Tool;

    private static bool IsAnswer(AIContent content) => IsText(content) || content is ToolCallContent or DataContent or UriContent;

    private static bool IsText(AIContent content) => content is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 };

    // One vocabulary for readers, whatever the provider.
    private static string ToStopReason(ChatFinishReason reason) => reason.Value switch
    {
        "stop" => "end_turn",
        "length" => "max_tokens",
        "tool_calls" or "function_call" => "tool_use",
        "content_filter" => "refusal",
        var other => other,
    };
}
