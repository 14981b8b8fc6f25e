using System.ComponentModel.DataAnnotations;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Streams of updates for delegates.</summary>
internal static class Updates
{
    public static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text);

    public static ChatResponseUpdate End { get; } = new() { FinishReason = ChatFinishReason.Stop };

    public static async IAsyncEnumerable<ChatResponseUpdate> Of(params string[] texts)
    {
        await Task.Yield();
        foreach (var text in texts) yield return Text(text);
        yield return End;
    }

    public static async IAsyncEnumerable<ChatResponseUpdate> None(params object[] ignored)
    {
        await Task.Yield();
        yield break;
    }
}

internal sealed record Question(string Text);

internal sealed record Note(string? Text);

internal sealed record CheckedQuestion([Required, StringLength(5, ErrorMessage = "Text is too long.")] string? Text)
{
    [Range(1, 9, ErrorMessage = "Level must be 1 to 9.")]
    public int Level { get; init; } = 1;
}

internal enum Tone
{
    Kind,
    Strict,
}
