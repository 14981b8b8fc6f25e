using System.Net.Http.Json;
using Xunit.Abstractions;

namespace Tokenfall.Integration.Tests;

/// <summary>A server that dies cannot say anything; its readers must not take that for the end.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Count = 100;

    [Fact]
    public async Task SigKill_UnderAHundredStreams_BreaksEveryRead()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model);
        using var client = LiveStreams.CreateClient(server);
        var streams = await LiveStreams.OpenAsync(client, model, ModelScript.Lorem(60) with { Hold = new ModelGate(20) }, Count);
        var reads = streams.Select(stream => stream.ReadToLastAsync()).ToList();

        await server.SignalAsync("KILL");

        var failures = new List<Exception>();
        foreach (var read in reads)
            failures.Add(await Assert.ThrowsAnyAsync<IOException>(() => read));
        output.WriteLine($"FIGURE SIGKILL under {Count} streams: " + string.Join(", ", failures
            .GroupBy(failure => failure.GetBaseException().Message).Select(group => $"{group.Count()} x \"{group.Key}\"")));
    }

    [Fact]
    public async Task SigKill_InMidAnswer_AfterTheRestartEachReaderFindsAllItSaw_AndTheEnd()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, ("Tokenfall__Journal__Visibility", "Durable"));
        using var client = LiveStreams.CreateClient(server);
        var script = ModelScript.Lorem(60) with { Hold = new ModelGate(20) };
        var streams = await LiveStreams.OpenAsync(client, model, script, 20);
        var reads = streams.Select(stream => stream.ReadToLastAsync()).ToList();

        await server.RestartAsync();
        foreach (var read in reads) await Assert.ThrowsAnyAsync<Exception>(() => read);

        foreach (var stream in streams)
        {
            var found = await ReadAsync(client, stream.Run);
            Assert.Equal(("error", "interrupted"), (found[^1].Event, found[^1].Json.GetProperty("code").GetString()));
            var text = string.Concat(found[1..^1].Select(frame => frame.Text));
            Assert.StartsWith(stream.Text, text, StringComparison.Ordinal);
            Assert.StartsWith(text, script.Text, StringComparison.Ordinal);
        }
        Assert.Contains("marked as interrupted: 20", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigKill_AfterTheAnswer_LosesNothing_AndARepeatedStartIsNotPaidTwice()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, ("Tokenfall__Journal__Visibility", "Durable"));
        using var client = LiveStreams.CreateClient(server);
        var script = ModelScript.Lorem(60);
        model.Script = script;
        var first = await StartAsync(client);

        await server.RestartAsync();
        var second = await StartAsync(client);

        Assert.Equal(first[0].Id, second[0].Id);
        Assert.Equal(script.Text, string.Concat(second[1..^1].Select(frame => frame.Text)));
        Assert.Equal("done", second[^1].Event);
        Assert.Single(model.Calls);
    }

    private static async Task<List<Frame>> StartAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, App.Path) { Content = JsonContent.Create(new { prompt = "Hi" }) };
        request.Headers.Add("Idempotency-Key", "one-question-of-somebody-unknown");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await new EventStream(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).ToEndAsync();
    }

    private static async Task<List<Frame>> ReadAsync(HttpClient client, string run)
    {
        using var response = await client.GetAsync(new Uri($"{App.Path}/{run}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return await new EventStream(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).ToEndAsync();
    }
}
