using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>Answers every request in one way, and counts them.</summary>
internal sealed class OpenAIServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private OpenAIServer(WebApplication app) => _app = app;

    public int Calls => Volatile.Read(ref _calls);

    public Uri Url => new($"{_app.Urls.Single()}/v1");

    public static async Task<OpenAIServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new OpenAIServer(builder.Build());
        server._app.Run(http =>
        {
            Interlocked.Increment(ref server._calls);
            return answer(http);
        });
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
