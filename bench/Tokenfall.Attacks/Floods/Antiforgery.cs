using System.Net.Http.Json;
using System.Text.Json;

namespace Tokenfall.Attacks.Floods;

/// <summary>A visitor's cookies, and the antiforgery token that goes with them.</summary>
/// <param name="Cookies">The cookies, as a header.</param>
/// <param name="Token">The token.</param>
internal sealed record Antiforgery(string Cookies, string Token)
{
    public static readonly Antiforgery None = new("none=", "none");

    /// <summary>Visits the page. A server that has none gives nothing.</summary>
    /// <param name="victim">The server.</param>
    /// <param name="session">The cookie of a session; empty for an anonymous visitor.</param>
    public static async Task<Antiforgery> GetAsync(Victim victim, string session = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/session");
        if (session.Length > 0) request.Headers.Add("Cookie", session);
        using var response = await victim.Http.SendAsync(request);
        if (!response.IsSuccessStatusCode) return None;
        var visit = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new(Join(session, Of(response)), visit.GetProperty("csrfToken").GetString()!);
    }

    /// <summary>Signs in with a password.</summary>
    /// <returns>The same for the person who is signed in.</returns>
    public static async Task<Antiforgery> SignInAsync(Victim victim)
    {
        using var request = (await GetAsync(victim)).Post("/account/sign-in");
        request.Content = JsonContent.Create(new { email = victim.Account.Email, password = Account.Password });
        using var response = await victim.Http.SendAsync(request);
        return await GetAsync(victim, Of(response));
    }

    /// <summary>A request with cookies and token.</summary>
    public HttpRequestMessage Post(string path) => With(HttpMethod.Post, path);

    /// <inheritdoc cref="Post"/>
    public HttpRequestMessage With(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", Cookies);
        request.Headers.Add("X-CSRF-TOKEN", Token);
        return request;
    }

    private static string Of(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])) : "";

    private static string Join(params string[] cookies) => string.Join("; ", cookies.Where(cookie => cookie.Length > 0));
}
