using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Tokenfall.Integration.Tests.Support;

/// <summary>An application with Tokenfall on a real port of 127.0.0.1, until disposed.</summary>
internal sealed class App : IAsyncDisposable
{
    public const string Path = "/ask/stream";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private App(WebApplication app)
    {
        _app = app;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Everything that was logged, at every level.</summary>
    public FakeLogCollector Log => _app.Services.GetFakeLogCollector();

    public static async Task<App> StartAsync(Action<IServiceCollection> services, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddFakeLogging().SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        services(builder.Services);
        var app = builder.Build();
        (map ?? (target => target.MapTokenfall(Path)))(app);
        await app.StartAsync();
        return new App(app);
    }

    /// <summary>Completes with the first error in the log. A reader may have its last event before the log has its line.</summary>
    public async Task FirstErrorAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        await foreach (var record in Log.GetLogsAsync(deadline.Token))
        {
            if (record.Level >= LogLevel.Error) return;
        }
    }

    /// <summary>Asks, and returns as soon as the stream is open.</summary>
    public async Task<(HttpResponseMessage Response, EventStream Events)> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { prompt = "Hi" }) };
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (response.EnsureSuccessStatusCode(), new EventStream(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Reads a run, from an event on or from its start.</summary>
    public async Task<HttpResponseMessage> ReadAsync(string run, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{run}");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
