namespace Tokenfall.AspNetCore.Tests;

public sealed class ManyStreamsTests
{
    private const int Streams = 200;

    [Fact]
    public async Task ManyStreams_AtOnce_EveryByteIsRight()
    {
        await using var app = await TestApp.StartAsync();
        app.Source.Answer = async (request, run, _) =>
        {
            for (var i = 0; i < 100; i++)
            {
                run.Text($"{request.Messages[^1].Text} {i};");
                await Task.Yield();
            }
            run.Complete("end_turn");
        };

        var texts = await Task.WhenAll(Enumerable.Range(0, Streams).Select(async i =>
        {
            using var response = await app.Client.AskAsync($"stream {i}");
            using var stream = await EventStream.OfAsync(response);
            var frames = await stream.ToEndAsync();
            Assert.Equal("done", frames[^1].Event);
            return Frame.TextOf(frames);
        }));

        Assert.All(texts.Index(), text => Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(i => $"stream {text.Index} {i};")), text.Item));
        Assert.Equal(0, app.Runs.Count);
    }

    [Fact]
    public async Task ManyStreams_Held_TakeNoThreads()
    {
        await using var app = await TestApp.StartAsync();
        var before = Math.Max(ThreadPool.ThreadCount, Environment.ProcessorCount);
        var responses = await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => app.Client.AskAsync($"stream {i}")));
        for (var i = 0; i < Streams; i++) await app.Source.AskedAsync();

        // Were a thread held for each, there would be so many; other tests run beside this one.
        Assert.InRange(ThreadPool.ThreadCount, 0, before + Streams / 4);
        Assert.Equal(Streams, app.Runs.Count);

        foreach (var response in responses) response.Dispose();
    }
}
