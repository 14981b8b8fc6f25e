using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>A small relay with one bad habit: the middle boxes that no package installs.</summary>
internal sealed class OddProxy : IHop
{
    private static readonly string[] OneHopOnly = ["Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length"];

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ResponseDrainTimeout = TimeSpan.Zero,
    });
    private readonly Uri _upstream;
    private readonly Habit _habit;

    private OddProxy(Uri upstream, Habit habit)
    {
        (_upstream, _habit) = (upstream, habit);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificate.ForServer()));
        });
        _app = builder.Build();
        _app.Run(RelayAsync);
    }

    public Uri Http => new(_app.Urls.First());
    public Uri Https => new(_app.Urls.Last());
    public string Log => $"{_habit.GetType().Name}: no log";

    public static async Task<OddProxy> StartAsync(Uri upstream, Habit habit)
    {
        var proxy = new OddProxy(upstream, habit);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        // Streams would otherwise hold the server back.
        using (var atOnce = new CancellationTokenSource(TimeSpan.Zero))
            await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task RelayAsync(HttpContext context)
    {
        if (await _habit.AnswerAsync(context)) return;
        try
        {
            using var request = RequestOf(context);
            using var response = await _client.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => Passes(header.Key)))
                context.Response.Headers[name] = values.ToArray();
            _habit.Change(context.Response);
            context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
            await context.Response.StartAsync(context.RequestAborted);
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            await _habit.CopyAsync(body, context.Response.Body, context.RequestAborted);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private HttpRequestMessage RequestOf(HttpContext context)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(_upstream, context.Request.GetEncodedPathAndQuery()));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(header => Passes(header.Key) && !header.Key.StartsWith(':')))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        _habit.Change(request);
        return request;
    }

    private static bool Passes(string header) => !OneHopOnly.Contains(header, StringComparer.OrdinalIgnoreCase);
}
