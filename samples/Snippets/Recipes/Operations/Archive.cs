using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.AI;

namespace Snippets.Recipes.Operations;

// snippet: archive
public sealed class Archive(IAnswerStore store)
{
    /// <summary>Passes the updates on, and saves the answer when it ends: complete, stopped or failed.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> SaveAsync(
        string user, IAsyncEnumerable<ChatResponseUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new List<ChatResponseUpdate>();
        try
        {
            await foreach (var update in updates.WithCancellation(cancellationToken))
            {
                seen.Add(update);
                yield return update;
            }
        }
        finally
        {
            var answer = seen.ToChatResponse();
            var isComplete = answer.FinishReason is not null;
            // Not by the run's token: it is cancelled when the reader stops the answer.
            if (answer.Text.Length > 0) await store.SaveAsync(user, answer.Text, isComplete, CancellationToken.None);
        }
    }
}
// end snippet

public interface IAnswerStore
{
    Task SaveAsync(string user, string text, bool isComplete, CancellationToken cancellationToken);
}

public static class SavedAnswers
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: saved-answers
        builder.Services.AddScoped<Archive>();
        builder.Services.AddTokenfall();

        var app = builder.Build();
        app.MapTokenfall("/support/stream",
            (Question question, ClaimsPrincipal user, IChatClient chat, Archive archive, CancellationToken stop) =>
            {
                var updates = chat.GetStreamingResponseAsync(Prompts.Support(question), cancellationToken: stop);
                return archive.SaveAsync(user.Identity?.Name ?? "anonymous", updates, stop);
            });
        // end snippet
        return app;
    }
}
