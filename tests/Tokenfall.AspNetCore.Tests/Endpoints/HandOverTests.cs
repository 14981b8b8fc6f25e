using Xunit.Abstractions;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>From replay to live, while the source writes.</summary>
public sealed class HandOverTests(ITestOutputHelper output)
{
    private const int Rounds = 30;
    private const int ReadersARound = 8;
    private const int Tokens = 400;

    [Fact]
    public async Task Get_WhileTheSourceWrites_NothingIsMissingAndNothingComesTwice()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var app = await TestApp.StartAsync();

        for (var round = 0; round < Rounds; round++)
        {
            var pauses = random.Next(2, 40);
            app.Source.Answer = (_, run, _) => WriteAsync(run, pauses);
            using var response = await app.Client.AskAsync("hi");
            using var first = await EventStream.OfAsync(response);
            var location = response.Headers.Location!.OriginalString;
            var readers = Enumerable.Range(0, ReadersARound).Select(_ => ReadSoonAsync(app, location, random.Next())).ToList();
            readers.Add(CheckAsync(first, 0));
            await Task.WhenAll(readers);
        }
    }

    private static async Task ReadSoonAsync(TestApp app, string location, int seed)
    {
        var random = new Random(seed);
        for (var wait = random.Next(40); wait > 0; wait--) await Task.Yield();
        // A position that exists: the events before the one that the reader last saw.
        var run = app.RunAt(location);
        var after = random.Next(run.Log.Count);
        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync($"{location}?after={after}"));
        await CheckAsync(stream, after);
    }

    private static async Task CheckAsync(EventStream stream, int after)
    {
        var frames = await stream.ToEndAsync();
        Assert.Equal("done", frames[^1].Event);
        Assert.Single(frames, frame => frame.IsTerminal);
        Assert.Equal(frames.Select(frame => frame.Number).Order().Distinct(), frames.Select(frame => frame.Number));
        Assert.Equal(string.Concat(Enumerable.Range(0, Tokens).Skip(Math.Max(0, after - 1)).Select(Token)), Frame.TextOf(frames));
    }

    private static async Task WriteAsync(RunWriter writer, int pauses)
    {
        for (var i = 0; i < Tokens; i++)
        {
            writer.Text(Token(i));
            if (i % pauses == 0) await Task.Yield();
        }
        writer.Complete("end_turn");
    }

    private static string Token(int i) => $"{i};";
}
