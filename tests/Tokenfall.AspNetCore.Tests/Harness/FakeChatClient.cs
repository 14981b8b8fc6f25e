namespace Tokenfall.AspNetCore.Tests;

/// <summary>A chat client that streams what a callback says.</summary>
internal sealed class FakeChatClient : IChatClient
{
    public required Func<IEnumerable<ChatMessage>, IAsyncEnumerable<ChatResponseUpdate>> Stream { get; init; }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Stream(messages);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This fake only streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
