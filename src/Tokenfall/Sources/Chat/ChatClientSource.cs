using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Any <see cref="IChatClient"/> as a source.</summary>
/// <remarks>
/// A stream that ends without a finish reason counts as truncated: through <see cref="IChatClient"/> that is the only sign
/// of a broken stream, because several clients end it silently. For a client of your own whose end is the end of the answer, see
/// <see cref="EndOfSequence.EndOfSequenceCompletes"/>.
/// </remarks>
public sealed class ChatClientSource : IModelSource
{
    private readonly IChatClient _client;
    private readonly string? _provider;

    /// <summary>Creates the source.</summary>
    /// <param name="client">The client. It stays yours to dispose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public ChatClientSource(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        var metadata = client.GetService<ChatClientMetadata>();
        Model = metadata?.DefaultModelId;
        _provider = metadata?.ProviderName;
    }

    /// <inheritdoc/>
    public string? Model { get; }

    /// <inheritdoc/>
    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(writer);
        var updates = _client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken);
        await ChatUpdates.WriteAsync(updates, writer, _provider, cancellationToken).ConfigureAwait(false);
    }
}
