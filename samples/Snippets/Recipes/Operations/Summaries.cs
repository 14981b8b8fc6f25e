using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Tokenfall;

namespace Snippets.Recipes.Operations;

// snippet: own-run
public sealed class Summaries(RunManager runs, ModelSources models)
{
    /// <summary>Asks a model without a request, for example from a queue's worker, and waits for the whole answer.</summary>
    public async Task<(string Text, RunEnd End)> SummarizeAsync(string document, string user)
    {
        var request = new ModelRequest([new ChatMessage(ChatRole.User, $"Summarize this:\n{document}")], new ChatOptions { MaxOutputTokens = 500 });
        var run = await runs.StartAsync(new RunRequest(models.Default, request, user));
        await run.Ended;
        return (TextOf(run), run.End!);
    }

    private static string TextOf(Run run)
    {
        var text = new StringBuilder();
        using var reader = run.Read();
        while (reader.TryRead(out var frame))
            // A payload is text as it stands between the quotes of a JSON string.
            if (frame.Kind == EventKind.Text) text.Append(JsonSerializer.Deserialize<string>($"\"{Encoding.UTF8.GetString(frame.Payload.Span)}\""));
        return text.ToString();
    }
}
// end snippet
