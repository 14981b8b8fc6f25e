namespace Tokenfall.AspNetCore.Tests;

/// <summary>The calls that tests of the probe make.</summary>
internal static class Probes
{
    public const string Path = TestApp.Path + "/probe";

    public static Task<HttpResponseMessage> ProbeAsync(this HttpClient client, string query = "interval=1&count=1", HttpMethod? method = null) =>
        client.StartAsync(new HttpRequestMessage(method ?? HttpMethod.Get, $"{Path}?{query}"));

    /// <summary>What the server says about a probe.</summary>
    public static async Task<JsonElement> RecordAsync(this HttpClient client, string id)
    {
        using var response = await client.GetAsync($"{Path}/{id}");
        Assert.Equal(200, (int)response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public static string State(this JsonElement record) => record.GetProperty("state").GetString()!;
}
