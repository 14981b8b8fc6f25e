using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Tokenfall.Tests.Fuzzing;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Whatever a stranger sends: it is answered, or refused with a code and in words, and nobody else notices.</summary>
public sealed class RequestFuzzTests
{
    [Fact]
    public Task Request_NearlyValid_IsAnsweredOrRefusedWithACode() => RunAsync("requests");

    [Fact]
    public Task Probe_NearlyValid_IsAnsweredOrRefusedWithACode() => RunAsync("probes");

    private static async Task RunAsync(string corpus)
    {
        await using var app = await FuzzApp.StartAsync();

        await Fuzz.RunAsync(Fuzz.Corpus(corpus), async (input, _) =>
        {
            using var left = new CancellationTokenSource();
            var answer = await app.Server.SendAsync(new RawRequest(input).ApplyTo, left.Token);
            if (answer.Response.StatusCode >= 400) await AssertRefusalAsync(answer);
            // A probe may take ten minutes.
            else if (corpus == "requests") await answer.Response.Body.CopyToAsync(Stream.Null, left.Token);
            await left.CancelAsync();
        });

        Assert.Empty(app.Logs.Problems().Select(FakeLogs.Text));
    }

    private static async Task AssertRefusalAsync(HttpContext answer)
    {
        Assert.InRange(answer.Response.StatusCode, 400, 499);
        using var reader = new StreamReader(answer.Response.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        // The framework's own: nothing is at this address, or nothing for this method.
        if (body.Length == 0 && answer.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed) return;
        using var problem = JsonDocument.Parse(body);
        Assert.NotEqual("", problem.RootElement.GetProperty("code").GetString());
        Assert.NotEqual("", problem.RootElement.GetProperty("detail").GetString());
    }
}
