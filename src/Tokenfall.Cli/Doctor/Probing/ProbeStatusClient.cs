using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>What the application says about a probe.</summary>
/// <param name="State"><c>running</c>, <c>finished</c> or <c>aborted</c>.</param>
/// <param name="EndedMs">Since the probe's start.</param>
/// <param name="Ticks">Ticks written.</param>
internal sealed record ProbeState(string State, double? EndedMs, int Ticks);

/// <summary>Asks the application about probes, on one connection.</summary>
internal sealed class ProbeInquiry(ProbeClient client, Hop hop, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _http = new(client.Handler());
    private int _asked;

    /// <summary>Null when the application knows no such probe, or the path does not answer.</summary>
    public async Task<ProbeState?> AskAsync(string id, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        // Another address each time: a hop that caches would repeat its first answer.
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri($"{hop.Probe}/{id}?asked={++_asked}"));
        client.Identify(message);
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
