using System.Net.ServerSentEvents;

namespace Tokenfall.EndToEnd.Tests.Lockstep;

/// <summary>Reads a stream event by event, and says when one does not come in time.</summary>
internal sealed class LockstepReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly TimeSpan _timeLimit;

    private LockstepReader(HttpResponseMessage response, Stream body, TimeSpan timeLimit)
    {
        _response = response;
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
        _timeLimit = timeLimit;
    }

    public HttpResponseMessage Response => _response;

    /// <summary>Returns as soon as the headers are here.</summary>
    public static async Task<LockstepReader> OpenAsync(HttpClient client, string acceptEncoding, TimeSpan timeLimit)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, LockstepApp.StreamPath)
        {
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
            Headers = { { "Accept-Encoding", acceptEncoding } },
        };
        using var limit = new CancellationTokenSource(timeLimit);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        return new LockstepReader(response, await response.Content.ReadAsStreamAsync(limit.Token), timeLimit);
    }

    /// <summary>The next event's data, or null at the end of the stream.</summary>
    public async Task<string?> NextAsync() =>
        await _events.MoveNextAsync().AsTask().WaitAsync(_timeLimit) ? _events.Current.Data : null;

    /// <summary>Leaves the stream, at its end or not.</summary>
    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
