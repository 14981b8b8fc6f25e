using System.Diagnostics;
using Xunit.Abstractions;

namespace Tokenfall.Integration.Tests;

/// <summary>A waiting stream holds no thread: a thousand of them run on as many threads as ten.</summary>
public class ManyStreamsTests(ITestOutputHelper output)
{
    private const int Few = 10;
    private const int Many = 1000;
    private const int MoreThreads = 12; // as the pool breathes; ten streams may catch it at its lowest

    private static readonly ModelScript Script = ModelScript.Lorem(60) with { TokensPerSecond = 20 };
    private static readonly TimeSpan SocketTimeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task AThousandStreams_AtTwentyTokensASecond_AreWholeAndHoldNoThreads()
    {
        await using var model = await ModelServer.StartAsync(new() { RecordCalls = false });
        await using var server = await TokenfallProcess.StartAsync(
            model.Url, ("TOKENFALL_AUTH", "none"), ("Tokenfall__Limits__MaxRunsPerOwner", "100000"));
        var socketsBefore = ProcessFigures.Sockets(server.Id);

        var few = await RunAsync(server, model, Few);
        var begin = Stopwatch.GetTimestamp();
        var many = await RunAsync(server, model, Many);
        var taken = Stopwatch.GetElapsedTime(begin);

        output.WriteLine(
            $"FIGURE {Many} streams of {Script.Tokens.Count} tokens at 20/s: every byte right, in {taken.TotalSeconds:F1} s; " +
            $"threads with {Few} streams {few.Threads}, with {Many} streams {many.Threads}; " +
            $"sockets before {socketsBefore}, with {Many} streams {many.Sockets}");
        Assert.True(many.Sockets >= 2 * Many, $"All streams should have been open at once; there were {many.Sockets} sockets.");
        Assert.True(many.Threads <= few.Threads + MoreThreads, $"{many.Threads} threads for {Many} streams, {few.Threads} for {Few}.");
        await AssertSocketsReturnAsync(server, model, socketsBefore);
    }

    /// <summary>Opens so many streams, holds them all after their first token, lets them run, and checks every one.</summary>
    /// <returns>The most threads, and the most sockets, that the server had while all were open.</returns>
    private static async Task<(int Threads, int Sockets)> RunAsync(TokenfallProcess server, ModelServer model, int count)
    {
        var gate = new ModelGate(1);
        model.Script = Script with { Hold = gate };
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        var streams = Enumerable.Range(0, count).Select(_ => new CheckedStream(Script)).ToList();
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (stream, _) => await stream.OpenAsync(client));
        var threads = ProcessFigures.Threads(server.Id);
        var sockets = ProcessFigures.Sockets(server.Id);

        gate.Open();
        var ends = Task.WhenAll(streams.Select(stream => stream.ReadToEndAsync()));
        while (!ends.IsCompleted)
        {
            threads = Math.Max(threads, ProcessFigures.Threads(server.Id));
            await Task.WhenAny(ends, Task.Delay(BetweenLooks, TimeProvider.System));
        }

        await ends;
        Assert.Equal(count, streams.Select(stream => stream.Run).Distinct().Count());
        return (threads, sockets);
    }

    /// <summary>The server may keep connections to the model for the next runs, as any HTTP client does; nothing else may stay.</summary>
    private async Task AssertSocketsReturnAsync(TokenfallProcess server, ModelServer model, int before)
    {
        using var deadline = new CancellationTokenSource(SocketTimeLimit);
        int sockets, kept;
        while ((sockets = ProcessFigures.Sockets(server.Id)) > before + (kept = model.OpenConnections) && !deadline.IsCancellationRequested)
            await Task.Delay(BetweenLooks, TimeProvider.System);
        output.WriteLine($"FIGURE sockets afterwards {sockets}, of which {kept} are kept for the next calls of the model");
        Assert.True(sockets <= before + kept, $"{sockets} sockets afterwards, {before} before, and {kept} to the model.");
    }
}
