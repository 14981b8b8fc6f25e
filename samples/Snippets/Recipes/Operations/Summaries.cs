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
        var question = new ChatMessage(ChatRole.User, $"Summarize this:\n{document}");
        var request = new ModelRequest([question], new ChatOptions { MaxOutputTokens = 500 });
        var run = await runs.StartAsync(new RunRequest(models.Default, request, user));
        await run.Ended;
        return (TextOf(run), run.End!);
    }

    private static string TextOf(Run run)
    {
        var text = new StringBuilder();
        using var reader = run.Read();
        while (reader.TryRead(out var frame))
            if (frame.Kind == EventKind.Text) text.Append(Encoding.UTF8.GetString(frame.Payload.Span));
        // The log has text as it stands between the quotes of a JSON string.
        return JsonSerializer.Deserialize<string>($"\"{text}\"")!;
    }
}
// end snippet
