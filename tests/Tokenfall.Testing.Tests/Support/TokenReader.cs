using System.Net.ServerSentEvents;

namespace Tokenfall.Testing.Tests.Support;

/// <summary>Reads a stream's text deltas one by one.</summary>
internal sealed class TokenReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new(TimeSpan.FromSeconds(30));
    private readonly Client _client;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private Task<bool> _next;

    /// <summary>Sends the request at once.</summary>
    internal TokenReader(ModelServer server)
    {
        _client = new Client(server);
        _events = _client.EventsAsync(_leaving.Token).GetAsyncEnumerator();
        _next = _events.MoveNextAsync().AsTask();
    }

    /// <summary>The next token; null at the end of the message.</summary>
    internal async Task<string?> NextAsync()
    {
        while (await _next)
        {
            var item = _events.Current;
            _next = _events.MoveNextAsync().AsTask();
            if (Client.TextOf(item) is { } text)
                return text;
        }

        return null;
    }

    /// <summary>Leaves, as a client that closes its connection in the middle of a read.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _events.DisposeAsync();
        _client.Dispose();
        _leaving.Dispose();
    }
}
