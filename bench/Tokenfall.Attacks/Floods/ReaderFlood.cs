using System.Net.Http.Json;

namespace Tokenfall.Attacks.Floods;

/// <summary>Readers of one run, from its beginning.</summary>
internal sealed class ReaderFlood : IFlood
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(3);

    private string _path = "/ask/stream/none";

    public string Name => "readers";

    public string Title => "signed in: readers";

    public string Description => "readers of one finished or live run, which stay for 3 s";

    public int PerSecond => 150;

    public int AtOnce => 500;

    public async Task PrepareAsync(Victim victim)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask/stream") { Content = JsonContent.Create(new { prompt = "go" }) };
        request.Headers.Authorization = new("Bearer", victim.Account.Key);
        request.Headers.Add("Prefer", "respond-async");
        using var response = await victim.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Headers.Location is { } location) _path = location.ToString();
    }

    public Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken) => victim.SendRawAsync(
        [HttpText.Head($"GET {_path}", $"Authorization: Bearer {victim.Account.Key}", "Accept: text/event-stream")], Hold, cancellationToken);
}
