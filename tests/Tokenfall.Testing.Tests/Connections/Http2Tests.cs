using System.Net;

namespace Tokenfall.Testing.Tests.Connections;

/// <summary>HTTP/2 without TLS, with prior knowledge.</summary>
public sealed class Http2Tests
{
    private static readonly ModelServerOptions Options = new() { Http2 = true };

    [Fact]
    public async Task Streams_ManyAtOnce_ShareOneConnection()
    {
        const int Streams = 150;
        var gate = new ModelGate(1);
        await using var server = await ModelServer.StartAsync(Options);
        server.Script = ModelScript.Say("ab") with { Hold = gate };
        using var client = new Client(server);
        using (await AskAsync(client))
        {
            var others = await Task.WhenAll(Enumerable.Range(1, Streams - 1).Select(_ => AskAsync(client)));

            Assert.Equal((1, Streams), (server.OpenConnections, server.Traffic.OpenStreams));
            gate.Open();
            foreach (var other in others)
                Assert.EndsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", await other.Content.ReadAsStringAsync(Client.Deadline), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reader_ThatLeaves_IsOnRecordThoughTheConnectionStays()
    {
        await using var server = await ModelServer.StartAsync(Options);
        server.Script = ModelScript.Say("ab") with { Hold = new ModelGate(1) };
        using var client = new Client(server);

        (await AskAsync(client)).Dispose();

        Assert.Equal(ModelCallOutcome.ClientLeft, (await server.Calls[0].Closed.WaitAsync(Client.Deadline)).Outcome);
        Assert.Equal(1, server.OpenConnections);
    }

    [Fact]
    public async Task Reset_AfterAToken_BreaksTheBody()
    {
        await using var server = await ModelServer.StartAsync(Options);
        server.Script = new() { Tokens = ["a", "b"], Fault = ModelFault.Reset(1) };
        using var client = new Client(server);

        using var response = await AskAsync(client);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Client.Deadline));
    }

    private static Task<HttpResponseMessage> AskAsync(Client client) => client.PostAsync(change: request =>
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
    });
}
