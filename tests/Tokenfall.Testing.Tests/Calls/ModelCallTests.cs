using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Testing.Tests.Calls;

public sealed class ModelCallTests
{
    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Call_OfARequest_RecordsWhatWasSent(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        using var client = new Client(server);

        using var response = await client.PostAsync(change: r => r.Headers.Add("X-Mark", "here"));

        var call = await server.WaitForCallAsync(1, Client.Deadline);
        Assert.Same(call, Assert.Single(server.Calls));
        Assert.Equal("here", call.Headers["x-mark"]);
        Assert.Equal(Client.Body, call.Body);
        Assert.Equal(("POST", "/v1/messages", "HTTP/1.1"), (call.Method, call.Path, call.Protocol));
    }

    [Fact]
    public async Task WaitForCall_OfALaterOne_CompletesWhenItComes()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);
        var second = server.WaitForCallAsync(2, Client.Deadline);
        await client.GetBodyAsync();
        Assert.False(second.IsCompleted);

        await client.GetBodyAsync();

        Assert.Same(server.Calls[1], await second);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Closed_WhenTheWholeAnswerWasSent_SaysCompleted(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = new() { Tokens = ["a", "b"] };
        using var client = new Client(server);

        await client.GetBodyAsync();

        Assert.Equal(ModelCallOutcome.Completed, (await server.Calls[0].Closed.WaitAsync(Client.Deadline)).Outcome);
        Assert.Equal(2, server.Calls[0].DeltasSent);
    }

    public static TheoryData<string, string, int> PhasesToLeaveIn
    {
        get
        {
            var phases = new TheoryData<string, string, int>();
            foreach (var transport in new[] { "tcp", "memory" })
            {
                foreach (var early in new[] { "before headers", "header delay", "first token delay" })
                    phases.Add(transport, early, 0);
                foreach (var late in new[] { "between tokens", "at a gate", "in a stall", "in a stall with pings" })
                    phases.Add(transport, late, 1);
            }

            return phases;
        }
    }

    [Theory, MemberData(nameof(PhasesToLeaveIn))]
    public async Task Closed_WhenTheClientLeaves_SaysSoInEveryPhaseAndTheConnectionIsGone(string transport, string phase, int tokens)
    {
        var clock = new FakeTimeProvider();
        await using var server = await Transport.StartAsync(transport, new() { TimeProvider = clock });
        var gate = new ModelGate(1);
        var text = ModelScript.Say("one two three");
        server.Script = phase switch
        {
            "before headers" => ModelScript.Fail(ModelFault.NoHeaders),
            "header delay" => text with { HeaderDelay = TimeSpan.FromHours(1) },
            "first token delay" => text with { FirstTokenDelay = TimeSpan.FromHours(1) },
            "between tokens" => text with { TokensPerSecond = 0.001 },
            "at a gate" => text with { Hold = gate },
            _ => text with { Fault = ModelFault.Stall(1, pings: phase.EndsWith("pings", StringComparison.Ordinal)) },
        };
        var reader = new TokenReader(server);
        var call = await server.WaitForCallAsync(1, Client.Deadline);
        for (var i = 0; i < tokens; i++)
            Assert.Equal("one", await reader.NextAsync());
        clock.Advance(TimeSpan.FromMilliseconds(5));

        await reader.DisposeAsync();

        var end = await call.Closed.WaitAsync(Client.Deadline);
        Assert.Equal(ModelCallOutcome.ClientLeft, end.Outcome);
        Assert.Equal((call.At + TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5)), (end.At, end.After));
        await server.WaitForOpenConnectionsAsync(0, Client.Deadline);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Closed_WhenTheClientStopsReadingAtFullSpeedAndLeaves_SaysSo(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = ModelScript.Lorem(200_000);
        using var client = new Client(server);
        var response = await client.PostAsync();
        // Far beyond what comes before the first delta.
        await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[64 * 1024]);

        response.Dispose();

        Assert.Equal(ModelCallOutcome.ClientLeft, (await server.Calls[0].Closed.WaitAsync(Client.Deadline)).Outcome);
        Assert.InRange(server.Calls[0].DeltasSent, 1, 199_999);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task OpenConnections_WhileStreamsRun_CountsThem(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = ModelScript.Say("hold") with { Hold = new ModelGate(0) };
        await using (var first = new TokenReader(server))
        await using (var second = new TokenReader(server))
        {
            await server.WaitForCallAsync(2, Client.Deadline);
            Assert.Equal(2, server.OpenConnections);
        }

        await server.WaitForOpenConnectionsAsync(0, Client.Deadline);
        Assert.Equal(0, server.OpenConnections);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task HangUp_OnARequest_ClosesTheConnectionWithoutAnAnswer(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = ModelScript.Fail(ModelFault.HangUp);
        using var client = new Client(server);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync());

        Assert.Equal(ModelCallOutcome.Faulted, (await server.Calls[0].Closed.WaitAsync(Client.Deadline)).Outcome);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Dispose_WhileStreaming_CutsTheStreamAndSaysServerStopped(string transport)
    {
        var server = await Transport.StartAsync(transport);
        var gate = new ModelGate(1);
        server.Script = ModelScript.Say("one two") with { Hold = gate };
        await using var reader = new TokenReader(server);
        Assert.Equal("one", await reader.NextAsync());

        await server.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(reader.NextAsync);
        Assert.Equal(ModelCallOutcome.ServerStopped, (await server.Calls[0].Closed.WaitAsync(Client.Deadline)).Outcome);
    }

    [Fact]
    public async Task RecordCalls_SwitchedOff_KeepsNoneAndSaysSo()
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { RecordCalls = false });
        using var client = new Client(server);

        await client.GetBodyAsync();

        Assert.Empty(server.Calls);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.WaitForCallAsync(1));
    }

    [Fact]
    public async Task Start_OnATakenPort_FailsWithAnIOException()
    {
        await using var first = await ModelServer.StartAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => ModelServer.StartAsync(new() { Port = first.Url.Port }));
    }
}
