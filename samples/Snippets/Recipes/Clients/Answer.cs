using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Snippets.Recipes.Clients;

// snippet: dotnet-client
/// <summary>One answer: asked once, and read to its end over as many connections as that takes.</summary>
public sealed class Answer(HttpClient http, string endpoint, string prompt)
{
    private const int MaxFailures = 8;

    private readonly string _key = Guid.NewGuid().ToString("N");
    private Uri? _run;
    private string? _lastEventId;

    /// <summary>Why the answer ended: end_turn, max_tokens, stopped, abandoned, ...; null until it has.</summary>
    public string? StopReason { get; private set; }

    /// <summary>The pieces of the text as they arrive.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var failures = 0; failures <= MaxFailures; failures++)
        {
            // The first try after a cut is immediate.
            if (failures > 1) await Task.Delay(TimeSpan.FromSeconds(Math.Min(16, 1 << failures)), TimeProvider.System, cancellationToken);
            await foreach (var item in ReadConnectionAsync(cancellationToken))
            {
                failures = 0;
                using var data = JsonDocument.Parse(item.Data);
                if (item.EventType == "delta") yield return data.RootElement.GetProperty("text").GetString()!;
                if (item.EventType == "error") throw new InvalidOperationException(data.RootElement.GetProperty("message").GetString());
                if (item.EventType != "done") continue;
                StopReason = data.RootElement.GetProperty("stop_reason").GetString();
                yield break;
            }
        }
        throw new IOException("The connection was lost and could not be resumed.");
    }

    /// <summary>Stops the model. The answer then ends with the stop reason "stopped".</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_run is null) return;
        using var response = await http.DeleteAsync(_run, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    // Ends without an exception when the connection is lost.
    private async IAsyncEnumerable<SseItem<string>> ReadConnectionAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(cancellationToken);
        if (response is null) yield break;
        var parser = SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken));
        await using var events = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await TryMoveNextAsync(events))
        {
            _lastEventId = parser.LastEventId;
            yield return events.Current;
        }
    }

    private async Task<HttpResponseMessage?> SendAsync(CancellationToken cancellationToken)
    {
        using var request = _run is null ? Question() : new HttpRequestMessage(HttpMethod.Get, _run);
        if (_lastEventId is not null) request.Headers.Add("Last-Event-ID", _lastEventId);
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) using (response) response.EnsureSuccessStatusCode();
            _run ??= response.Headers.Location;
            return response;
        }
        catch (HttpRequestException failure) when (failure.StatusCode is null or >= HttpStatusCode.InternalServerError)
        {
            return null;
        }
    }

    private HttpRequestMessage Question()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = JsonContent.Create(new { prompt }) };
        // Sent twice, it still starts one run; and this reader will come back after a cut.
        request.Headers.Add("Idempotency-Key", _key);
        request.Headers.Add("Tokenfall-Resume", "1");
        return request;
    }

    private static async Task<bool> TryMoveNextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return false;
        }
    }
}
// end snippet
