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

    /// <summary>Creates the source.</summary>
    /// <param name="client">The client. It stays yours to dispose.</param>
    public ChatClientSource(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        Model = client.GetService<ChatClientMetadata>()?.DefaultModelId;
    }

    /// <inheritdoc/>
    public string? Model { get; }

    /// <inheritdoc/>
    public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ChatUpdates.WriteAsync(_client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken), writer, cancellationToken);
    }
}
