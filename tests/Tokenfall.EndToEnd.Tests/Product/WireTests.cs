using System.Diagnostics;
using System.Net.Http.Json;
using Tokenfall.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>Clients that people write by hand get each token before the model makes the next one.</summary>
[Trait("Needs", "nginx")]
public sealed class WireTests(LockstepProduct product, ITestOutputHelper output) : IClassFixture<LockstepProduct>, IDisposable
{
    private static readonly ModelScript Script = LockstepProduct.Held("Hello", ",\n\n", "naïve 日本 😀", " event: done\ndata: x\n\n", "\r\n\"end\"");

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [InlineData(Route.Direct)]
    [InlineData(Route.Nginx)]
    [InlineData(Route.NginxTls)]
    public async Task HandWrittenClient_OnEachRoute_GetsEachTokenBeforeTheNextIsMade(Route route)
    {
        product.Model.Enqueue(Script);
        using var client = product.CreateProgram(route);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask/stream") { Content = JsonContent.Create(new { prompt = "Hi" }) };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.ToString());
        await AssertLockstepAsync(new EventStream(await response.Content.ReadAsStreamAsync()));
    }

    [Theory]
    [InlineData(Route.Direct)]
    [InlineData(Route.Nginx)]
    [InlineData(Route.NginxTls)]
    public async Task Curl_OnEachRoute_GetsEachTokenBeforeTheNextIsMade(Route route)
    {
        product.Model.Enqueue(Script);
        using var curl = Process.Start(new ProcessStartInfo("curl",
        [
            "-N", "-sS", "--insecure", "-H", $"Authorization: {product.Authorization}", "-d", "prompt=Hi",
            new Uri(product.AddressFor(route), "/ask/stream").ToString(),
        ])
        { RedirectStandardOutput = true })!;
        try
        {
            await AssertLockstepAsync(new EventStream(curl.StandardOutput.BaseStream));
            await curl.WaitForExitAsync();
            Assert.Equal(0, curl.ExitCode);
        }
        finally
        {
            curl.Kill();
        }
    }

    private async Task AssertLockstepAsync(EventStream reader)
    {
        var start = await reader.FrameAsync();
        Assert.Equal("start", start?.Event);
        var number = start!.Number;
        foreach (var token in Script.Tokens)
        {
            await product.ReleaseTokenAsync();
            var delta = await reader.FrameAsync();
            Assert.Equal(("delta", ++number, token), (delta?.Event, delta?.Number, delta?.Text));
        }

        var done = await reader.FrameAsync();
        Assert.Equal("done", done?.Event);
        Assert.Equal(Script.Text.Length, done!.Json.GetProperty("chars").GetInt32());
        Assert.Null(await reader.FrameAsync());
    }
}
