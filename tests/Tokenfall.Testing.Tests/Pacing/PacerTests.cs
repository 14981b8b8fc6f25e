namespace Tokenfall.Testing.Tests.Pacing;

public sealed class PacerTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task TokensPerSecond_AtItsExactTimes_SendsOneTokenEach()
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { TimeProvider = _clock });
        server.Script = new() { Tokens = ["a", "b", "c"], TokensPerSecond = 10, FirstTokenDelay = TimeSpan.FromMilliseconds(500) };
        await using var reader = new TokenReader(server);
        await _clock.WaitForTimersAsync(1);

        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(0, server.Calls[0].DeltasSent);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("a", await reader.NextAsync());
        await _clock.WaitForTimersAsync(1);
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(1, server.Calls[0].DeltasSent);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("b", await reader.NextAsync());
        await _clock.WaitForTimersAsync(1);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("c", await reader.NextAsync());
        Assert.Null(await reader.NextAsync());

        Assert.Equal(server.Calls[0].At + TimeSpan.FromMilliseconds(500), server.Calls[0].FirstDeltaAt);
        Assert.Equal(TimeSpan.FromMilliseconds(700), (await server.Calls[0].Closed).After);
    }

    [Fact]
    public async Task TokensPerSecond_AfterALateTick_CatchesUpAtOnce()
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { TimeProvider = _clock });
        server.Script = new() { Tokens = ["a", "b", "c", "d"], TokensPerSecond = 10, Hold = new ModelGate(3) };
        await using var reader = new TokenReader(server);
        Assert.Equal("a", await reader.NextAsync());
        await _clock.WaitForTimersAsync(1);

        _clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal("b", await reader.NextAsync());
        Assert.Equal("c", await reader.NextAsync());
        Assert.Equal(3, server.Calls[0].DeltasSent);
    }

    [Fact]
    public async Task HeaderDelay_UntilItIsOver_NoHeadersCome()
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { TimeProvider = _clock });
        server.Script = ModelScript.Say("hi") with { HeaderDelay = TimeSpan.FromSeconds(3) };
        using var client = new Client(server);
        var response = client.PostAsync();
        await _clock.WaitForTimersAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(2.999));
        Assert.False(response.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        using var answered = await response;
        Assert.True(answered.IsSuccessStatusCode);
    }

    [Fact]
    public async Task ManyStreams_AtOnePace_ShareOneTimer()
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { TimeProvider = _clock });
        server.Script = ModelScript.Lorem(10) with { TokensPerSecond = 1, FirstTokenDelay = TimeSpan.FromSeconds(1) };
        using var client = new Client(server);

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.PostAsync()));

        await _clock.WaitForTimersAsync(1);
        Assert.Equal(1, _clock.ActiveTimers);
        foreach (var response in responses)
            response.Dispose();
    }

    [Fact]
    public async Task TokensPerSecond_OfZero_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new ModelScript { TokensPerSecond = 0 }));

    [Fact]
    public async Task WholeMessage_AtAPace_ComesWhenItsLastTokenIsDue()
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { TimeProvider = _clock });
        server.Script = new() { Tokens = ["a", "b", "c"], TokensPerSecond = 1 };
        using var client = new Client(server);
        var response = client.PostAsync(Client.Body.Replace("true", "false", StringComparison.Ordinal));
        await _clock.WaitForTimersAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(1.999));
        Assert.False(response.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        using var answered = await response;
        Assert.True(answered.IsSuccessStatusCode);
    }
}
