namespace Tokenfall;

/// <summary>Answers whose readers have seen their end a moment before the store has it: they are taken from memory.</summary>
internal static class UnstoredAnswers
{
    public static IReadOnlyList<ConversationMessage> Fill(IReadOnlyList<ConversationMessage> messages, RunManager runs) =>
        messages.Any(IsOpen) ? [.. messages.Select(message => IsOpen(message) ? Complete(message, runs) : message)] : messages;

    private static bool IsOpen(ConversationMessage message) => message is { IsAnswer: true, End: null };

    private static ConversationMessage Complete(ConversationMessage message, RunManager runs) =>
        RunId.TryParse(message.Id, out var id) && runs.FindInMemory(id) is { Log.IsComplete: true } run
            ? message with { Parts = AnswerProjection.Of(run).Parts, End = run.End } : message;
}
