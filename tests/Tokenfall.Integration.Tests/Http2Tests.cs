using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Integration.Tests;

/// <summary>To a provider that speaks HTTP/2, where many runs share a connection.</summary>
public class Http2Tests
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Answers_OverHttp2_AreWholeAndShareAConnection()
    {
        await using var model = await ModelServer.StartAsync(new() { Http2 = true });
        model.Script = ModelScript.Lorem(300);
        await using var app = await StartAsync(model);

        for (var i = 0; i < 3; i++)
        {
            var (response, reader) = await app.AskAsync();
            using var _ = response;
            var events = await reader.ToEndAsync();
            Assert.Equal("done", events[^1].Event);
            Assert.Equal(string.Concat(model.Script.Tokens), string.Concat(events.Where(e => e.Event == "delta").Select(e => e.Text)));
        }

        Assert.All(model.Calls, call => Assert.Equal("HTTP/2", call.Protocol));
        Assert.Equal(1, model.OpenConnections);
    }

    [Fact]
    public async Task Stop_OverHttp2_EndsItsStreamAndLeavesItsNeighbour()
    {
        await using var model = await ModelServer.StartAsync(new() { Http2 = true });
        var script = ModelScript.Lorem(3);
        model.Script = script with { Fault = ModelFault.Stall(2) };
        await using var app = await StartAsync(model);
        var (stopped, reader) = await app.AskAsync();
        while ((await reader.FrameAsync())?.Event != "delta") { }
        var stalled = await model.WaitForCallAsync(1).WaitAsync(TimeLimit);

        stopped.Dispose();
        var end = await stalled.Closed.WaitAsync(TimeLimit);
        model.Script = script;
        var (response, next) = await app.AskAsync();
        using var _ = response;

        Assert.Equal(ModelCallOutcome.ClientLeft, end.Outcome);
        Assert.Equal("done", (await next.ToEndAsync())[^1].Event);
        Assert.Equal(1, model.OpenConnections);
    }

    private static Task<App> StartAsync(ModelServer model) => App.StartAsync(services => services
        .AddTokenfall(options => options.Disconnect = DisconnectPolicy.Stop)
        .AddAnthropic(options =>
        {
            (options.ApiKey, options.BaseUrl) = ("any", model.Url.ToString());
            options.CreateHandler = () => new PriorKnowledge { InnerHandler = new SocketsHttpHandler { UseProxy = false } };
        }));

    // Without TLS there is nobody to agree with (RFC 9113, section 3.3).
    private sealed class PriorKnowledge : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
