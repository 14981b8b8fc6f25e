using System.Net.Http.Json;

namespace Tokenfall.Attacks.Floods;

/// <summary>Keys: making them, listing them, revoking them, and using some that do not exist.</summary>
internal sealed class KeyFlood : IFlood
{
    private Antiforgery _antiforgery = Antiforgery.None;

    public string Name => "keys";

    public string Title => "signed in: keys";

    public string Description => "keys that are made, listed and revoked, and requests with keys that do not exist";

    public int PerSecond => 200;

    public int AtOnce => 64;

    public async Task PrepareAsync(Victim victim) => _antiforgery = await Antiforgery.SignInAsync(victim);

    public async Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken)
    {
        using var request = (number % 4) switch
        {
            0 => _antiforgery.Post("/account/keys"),
            1 => _antiforgery.With(HttpMethod.Get, "/account/keys"),
            // The numbers of keys rise with each that is made; some of these exist.
            2 => _antiforgery.With(HttpMethod.Delete, $"/account/keys/{26 + number / 4}"),
            _ => new HttpRequestMessage(HttpMethod.Get, "/ask/stream/none"),
        };
        if (number % 4 == 0) request.Content = JsonContent.Create(new { name = $"key {number}" });
        if (number % 4 == 3) request.Headers.Authorization = new("Bearer", $"tfk_{number}");
        return await victim.SendAsync(request, cancellationToken);
    }
}
