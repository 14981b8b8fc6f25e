namespace Tokenfall.AspNetCore.Tests;

public sealed class ManyReadersTests
{
    private const int Readers = 50;
    private const int Tokens = 40;

    [Fact]
    public async Task Readers_InLockStep_AllSeeTheSameBytesTokenByToken()
    {
        await using var asked = await Asked.StartAsync();
        var (app, asker, answer) = asked;
        var location = asker.Location;
        var streams = new List<EventStream> { asker };
        for (var i = 1; i < Readers; i++) streams.Add(await EventStream.OfAsync(await app.Client.ReadAsync(location)));
        foreach (var stream in streams) await stream.FrameAsync();

        for (var i = 0; i < Tokens; i++)
        {
            answer.Say($"tökén {i} ");
            var frames = await Task.WhenAll(streams.Select(stream => stream.FrameAsync()));
            Assert.Equal($"tökén {i} ", Assert.Single(frames.Distinct())!.Text);
        }
        answer.Finish();
        var ends = await Task.WhenAll(streams.Select(stream => stream.ToEndAsync()));

        Assert.Equal("done", Assert.Single(ends.SelectMany(frames => frames).Distinct()).Event);
        Assert.Single(streams.Select(stream => stream.Text).Distinct());
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Reader_ThatComesLater_SeesTheSameText()
    {
        await using var asked = await Asked.StartAsync();
        var (app, asker, answer) = asked;
        var streams = new List<EventStream> { asker };

        for (var i = 0; i < Tokens; i++)
        {
            await answer.SaidAsync($"{i} ");
            streams.Add(await EventStream.OfAsync(await app.Client.ReadAsync(asker.Location)));
        }
        answer.Finish();
        var all = await Task.WhenAll(streams.Select(stream => stream.ToEndAsync()));

        Assert.Single(all.Select(Frame.TextOf).Distinct());
        Assert.Single(all.Select(frames => frames[^1]).Distinct());
        streams.ForEach(stream => stream.Dispose());
    }
}
