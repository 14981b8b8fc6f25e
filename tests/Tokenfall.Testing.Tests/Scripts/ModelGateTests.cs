namespace Tokenfall.Testing.Tests.Scripts;

public sealed class ModelGateTests
{
    private static readonly string[] Abc = ["a", "b", "c"];

    [Theory, InlineData(0), InlineData(2), InlineData(3)]
    public async Task Hold_BeforeAToken_SendsExactlyThoseBeforeUntilOpened(int beforeToken)
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        var gate = new ModelGate(beforeToken);
        server.Script = new() { Tokens = Abc, Hold = gate };
        await using var reader = new TokenReader(server);

        await gate.Reached.WaitAsync(Client.Deadline);
        var call = server.Calls[0];
        Assert.Equal(beforeToken, call.DeltasSent);
        Assert.False(call.Closed.IsCompleted);
        for (var i = 0; i < beforeToken; i++)
            Assert.Equal(Abc[i], await reader.NextAsync());

        gate.Open();

        for (var i = beforeToken; i < Abc.Length; i++)
            Assert.Equal(Abc[i], await reader.NextAsync());
        Assert.Null(await reader.NextAsync());
        Assert.Equal(ModelCallOutcome.Completed, (await call.Closed.WaitAsync(Client.Deadline)).Outcome);
    }

    [Fact]
    public async Task Hold_OpenedBefore_DoesNotHold()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        var gate = new ModelGate(1);
        gate.Open();
        server.Script = new() { Tokens = Abc, Hold = gate };
        using var client = new Client(server);

        Assert.Contains("message_stop", await client.GetBodyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_WithAPace_DoesNotMakeTheStreamHurryAfterwards()
    {
        var clock = new TestClock();
        await using var server = await ModelServer.StartInMemoryAsync(new() { TimeProvider = clock });
        var gate = new ModelGate(1);
        server.Script = new() { Tokens = Abc, TokensPerSecond = 1, Hold = gate };
        await using var reader = new TokenReader(server);
        await gate.Reached.WaitAsync(Client.Deadline);

        clock.Advance(TimeSpan.FromMinutes(1));
        gate.Open();
        await clock.WaitForTimersAsync(1);

        Assert.Equal(1, server.Calls[0].DeltasSent);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", await reader.NextAsync());
        Assert.Equal("b", await reader.NextAsync());
    }

    [Fact]
    public async Task Hold_AndAFaultAtTheSameToken_FailsOnlyWhenOpened()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        var gate = new ModelGate(2);
        server.Script = new() { Tokens = Abc, Hold = gate, Fault = ModelFault.CleanEnd(2) };
        await using var reader = new TokenReader(server);
        await gate.Reached.WaitAsync(Client.Deadline);
        Assert.False(server.Calls[0].Closed.IsCompleted);

        gate.Open();

        Assert.Equal(ModelCallOutcome.Faulted, (await server.Calls[0].Closed.WaitAsync(Client.Deadline)).Outcome);
    }
}
