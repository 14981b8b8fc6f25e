using System.Diagnostics;
using System.Net.Http.Json;
using Tokenfall.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The reader knows at once that somebody is at work, however long the model thinks.</summary>
[Collection(nameof(ProductStreams))]
[Trait("Needs", "nginx")]
public sealed class PromptnessTests(WholeProduct product, ITestOutputHelper output) : IDisposable
{
    private const int Requests = 21;

    private static readonly TimeSpan ModelThinks = TimeSpan.FromSeconds(2);

    // Far from both what it takes and the model's time: how fast this machine is is nobody's promise. See bench/ for figures.
    private static readonly TimeSpan Bound = ModelThinks / 4;

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [InlineData(Route.Direct, false)]
    [InlineData(Route.Direct, true)]
    [InlineData(Route.Nginx, false)]
    [InlineData(Route.Nginx, true)]
    public async Task HeadersAndStart_ModelTakesTwoSeconds_ArriveAtOnce(Route route, bool beforeHeaders)
    {
        product.Model.Script = beforeHeaders
            ? new() { HeaderDelay = ModelThinks }
            : new() { FirstTokenDelay = ModelThinks };
        using var client = product.CreateProgram(route);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Requests; i++)
            times.Add(await StartAsync(client));

        times.Sort();
        var median = times[Requests / 2];
        output.WriteLine(
            $"FIGURE request to start event, {route}, model {(beforeHeaders ? "headers" : "first token")} after 2 s: " +
            $"median {median.TotalMilliseconds:F1} ms, fastest {times[0].TotalMilliseconds:F1} ms, slowest {times[^1].TotalMilliseconds:F1} ms");
        Assert.True(median <= Bound, $"The median is {median.TotalMilliseconds:F1} ms, it should be at most {Bound.TotalMilliseconds} ms.");
    }

    /// <summary>From the request to the whole start event; leaves then.</summary>
    private static async Task<TimeSpan> StartAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask/stream") { Content = JsonContent.Create(new { prompt = "Hi" }) };
        var begin = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var first = await new EventStream(await response.Content.ReadAsStreamAsync()).FrameAsync();
        var taken = Stopwatch.GetElapsedTime(begin);
        Assert.Equal("start", first?.Event);
        return taken;
    }
}
