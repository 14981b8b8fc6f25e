// Server-sent events from the official SDK. From "Create responses in Minimal API apps", section "Server-Sent Events (SSE)":
// https://learn.microsoft.com/aspnet/core/fundamentals/minimal-apis/responses, and the SDK's https://docs.anthropic.com/en/api/sdks/csharp

using System.Runtime.CompilerServices;
using Anthropic;
using Anthropic.Models.Messages;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<AnthropicClient>(); // reads ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL
var app = builder.Build();

app.MapPost("/ask/stream", (Question question, AnthropicClient client, CancellationToken cancellationToken) =>
    TypedResults.ServerSentEvents(AnswerAsync(client, question, cancellationToken), eventType: "delta"));

app.Run();

static async IAsyncEnumerable<Piece> AnswerAsync(AnthropicClient client, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
{
    var parameters = new MessageCreateParams
    {
        Model = "claude-sonnet-4-5",
        MaxTokens = 2048,
        Messages = [new UserMessageParam { Content = question.Prompt }],
    };
    await foreach (var message in client.Messages.CreateStreaming(parameters, cancellationToken))
    {
        if (message.TryPickContentBlockDelta(out var block) && block.Delta.TryPickText(out var text))
            yield return new Piece(text.Text);
    }
}

record Question(string Prompt);

record Piece(string Text);
