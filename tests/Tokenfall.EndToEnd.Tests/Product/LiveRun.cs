using System.Net.Http.Json;
using Tokenfall.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>A run that one reader has started, together with the model's record of it.</summary>
internal sealed class LiveRun : IDisposable
{
    private const string Path = "/ask/stream";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;

    private LiveRun(HttpClient client, HttpResponseMessage response, EventStream events, string run, ModelCall call) =>
        (_client, _response, Events, Run, Call) = (client, response, events, run, call);

    public string Run { get; }

    public ModelCall Call { get; }

    public EventStream Events { get; }

    /// <summary>Asks; returns once the model has the request. One at a time, or the model's records could not be told apart.</summary>
    public static async Task<LiveRun> StartAsync(HttpClient client, ModelServer model, ModelScript script, string? disconnect = null)
    {
        model.Enqueue(script);
        var number = model.Calls.Count + 1;
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = disconnect is null ? JsonContent.Create(new { prompt = "Hi" }) : JsonContent.Create(new { prompt = "Hi", disconnect }),
        };
        var (response, events) = await OpenAsync(client, request);
        var start = await events.FrameAsync();
        var call = await model.WaitForCallAsync(number).WaitAsync(TimeLimit);
        return new(client, response, events, start!.Json.GetProperty("run").GetString()!, call);
    }

    /// <summary>Reads until it has this much text.</summary>
    /// <returns>The number of the last event read.</returns>
    public async Task<int> ReadTextAsync(string text)
    {
        var (read, number) = ("", 0);
        while (read.Length < text.Length)
        {
            var delta = await Events.FrameAsync();
            Assert.Equal("delta", delta?.Event);
            (read, number) = (read + delta!.Text, delta.Number);
        }

        Assert.Equal(text, read);
        return number;
    }

    /// <summary>Opens another reader on the run.</summary>
    public async Task<(HttpResponseMessage Response, EventStream Events)> ReadAsync(int after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{Run}");
        request.Headers.Add("Last-Event-ID", $"{Run}.{after}");
        return await OpenAsync(_client, request);
    }

    public async Task StopAsync()
    {
        using var response = await _client.DeleteAsync(new Uri($"{Path}/{Run}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    // A client's default version holds only for requests that it makes itself.
    private static async Task<(HttpResponseMessage Response, EventStream Events)> OpenAsync(HttpClient client, HttpRequestMessage request)
    {
        (request.Version, request.VersionPolicy) = (client.DefaultRequestVersion, client.DefaultVersionPolicy);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(client.DefaultRequestVersion, response.EnsureSuccessStatusCode().Version);
        return (response, new EventStream(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Leaves as a closed tab does; the run may go on.</summary>
    public void Dispose() => _response.Dispose();
}
