using CsCheck;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>From replay to live, while the source writes.</summary>
public sealed class HandOverTests
{
    private const int Rounds = 30;
    private const int ReadersARound = 8;
    private const int Tokens = 400;

    [Fact]
    public async Task Get_WhileTheSourceWrites_NothingIsMissingAndNothingComesTwice()
    {
        await using var app = await TestApp.StartAsync();
        var readers = Gen.Select(Gen.Int[0, 39], Gen.Double[0, 0.999]).Array[ReadersARound];

        await Gen.Select(Gen.Int[2, 39], readers).SampleAsync(async (pauses, readers) =>
        {
            app.Source.Answer = (_, run, _) => WriteAsync(run, pauses);
            using var first = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
            var location = first.Location;
            await Task.WhenAll([CheckAsync(first, 0), .. readers.Select(reader => ReadSoonAsync(app, location, reader.Item1, reader.Item2))]);
        }, iter: Rounds, threads: 1);
    }

    private static async Task ReadSoonAsync(TestApp app, string location, int wait, double part)
    {
        for (; wait > 0; wait--) await Task.Yield();
        // A position that exists: the events before the one that the reader last saw.
        var after = (int)(part * app.RunAt(location).Log.Count);
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
