namespace Tokenfall.Server.Tests.Support;

/// <summary>Asks the model.</summary>
internal static class Ask
{
    public static Task<HttpResponseMessage> SendAsync(HttpClient client) => client.PostAsJsonAsync("/ask/stream", new { prompt = "Hello" });

    /// <returns>The whole stream.</returns>
    public static async Task<string> TextAsync(HttpClient client)
    {
        using var response = (await SendAsync(client)).EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
