using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Snippets;

public static class TypedEndpoint
{
    public static void Map(WebApplication app)
    {
        // snippet: typed-delegate
        app.MapTokenfall("/support/stream", AppJsonContext.Default.Question, (question, run, cancellationToken) =>
            run.Services.GetRequiredService<IChatClient>()
                .GetStreamingResponseAsync(Prompts.Support(question), cancellationToken: cancellationToken));
        // end snippet
    }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Question))]
internal sealed partial class AppJsonContext : JsonSerializerContext;
