using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>The state of a probe, as the application reports it.</summary>
/// <param name="State"><c>running</c>, <c>finished</c> or <c>aborted</c>.</param>
/// <param name="EndedMs">When it ended, in milliseconds since its start; null while it runs.</param>
/// <param name="Ticks">How many ticks were written.</param>
internal sealed record ProbeState(string State, double? EndedMs, int Ticks);

/// <summary>Asks the application for the state of probes, on one connection.</summary>
internal sealed class ProbeStatusClient(ProbeClient client, Hop hop, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _http = new(client.CreateHandler());
    private int _requests;

    /// <summary>Gets the state of a probe; null when the application does not know it, or does not answer.</summary>
    public async Task<ProbeState?> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        // A different URL each time: a caching hop would repeat its first answer.
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri($"{hop.Probe}/{id}?asked={++_requests}"));
        client.AddHeaders(message);
        try
        {
            using var response = await _http.SendAsync(message, until.Token);
            return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<ProbeState>(ProbeJson.Options, until.Token) : null;
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
