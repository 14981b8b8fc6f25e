using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Any <see cref="IChatClient"/> as a source.</summary>
/// <remarks>
/// A stream that ends without a finish reason counts as truncated: through <see cref="IChatClient"/> that is the only sign
/// of a broken stream, because several clients end it silently.
/// </remarks>
public sealed class ChatClientSource : IModelSource
{
    private readonly IChatClient _client;

    /// <summary>Creates the source. The client stays yours to dispose.</summary>
    public ChatClientSource(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        Model = client.GetService<ChatClientMetadata>()?.DefaultModelId;
    }

    /// <inheritdoc/>
    public string? Model { get; }

    /// <inheritdoc/>
    public Task StreamAsync(ModelRequest request, RunWriter run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Fresh for every call: clients may change the messages and options that they are given.
        var messages = request.Messages.Select(message =>
            new ChatMessage(message.Role == ModelRole.Assistant ? ChatRole.Assistant : ChatRole.User, message.Content)).ToList();
        var options = new ChatOptions { MaxOutputTokens = request.MaxTokens, ModelId = request.Model };
        return ChatUpdates.WriteAsync(_client.GetStreamingResponseAsync(messages, options, cancellationToken), run, cancellationToken);
    }
}
