using System.Net.Http.Headers;

namespace Tokenfall.Server.Tests.Support;

internal static class KeyCalls
{
    /// <summary>Makes a key through the page's own call.</summary>
    public static async Task<(int Id, string Secret)> AddKeyAsync(this HttpClient browser, string name = "backup script")
    {
        var response = (await browser.PostAsJsonAsync("/account/keys", new { name })).EnsureSuccessStatusCode();
        var key = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (key.GetProperty("id").GetInt32(), key.GetProperty("key").GetString()!);
    }

    /// <summary>A program: no cookies, one key.</summary>
    public static HttpClient Program(this TestApp app, string key, string scheme = "Bearer")
    {
        var client = app.Plain();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, key);
        return client;
    }
}
