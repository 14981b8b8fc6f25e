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
}
