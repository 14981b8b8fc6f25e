using Microsoft.Extensions.AI;

namespace Snippets;

public static class SupportEndpoint
{
    public static void Map(WebApplication app)
    {
        // snippet: delegate
        app.MapTokenfall("/support/stream", (Question question, IChatClient chat, CancellationToken cancellationToken) =>
            chat.GetStreamingResponseAsync(Prompts.Support(question), cancellationToken: cancellationToken));
        // end snippet
    }

    public static void MapTexts(WebApplication app)
    {
        // snippet: text-delegate
        app.MapTokenfall("/echo/stream", (Question question) => Echo.Words(question.Text));
        // end snippet
    }

    public static void MapForSignedIn(WebApplication app)
    {
        // snippet: authorization
        app.MapTokenfall("/ask/stream").RequireAuthorization();
        // end snippet
    }
}

// snippet: question
public sealed record Question(string Text);

public static class Prompts
{
    public static IList<ChatMessage> Support(Question question) =>
        [new(ChatRole.System, "You help people with our pumps. Answer briefly."), new(ChatRole.User, question.Text)];
}
// end snippet
