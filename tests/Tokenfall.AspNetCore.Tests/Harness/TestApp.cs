using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>An application on a real Kestrel and a free port, whose model is under the test's hand.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public const string Path = "/ask/stream";

    private readonly WebApplication _app;
    private readonly Channel<string> _begun;
    private readonly Channel<string> _ended;

    private TestApp(WebApplication app, ScriptedSource source, FakeLogCollector logs, Channel<string> begun, Channel<string> ended)
    {
        _app = app;
        _begun = begun;
        _ended = ended;
        Source = source;
        Logs = logs;
        Client = NewClient();
    }

    public ScriptedSource Source { get; }

    public FakeLogCollector Logs { get; }

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public RunManager Runs => Services.GetRequiredService<RunManager>();

    /// <summary>The run of an anonymous caller, from its <c>Location</c>.</summary>
    public Run RunAt(string location) => Runs.FindAsync(RunId.TryParse(location[^RunId.Length..], out var id) ? id : default, "anonymous").AsTask().GetAwaiter().GetResult()!;

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public static Task<TestApp> StartAsync(Action<AppOptions>? options = null, TimeProvider? time = null) =>
        StartAsync(builder => Configure(builder, options, time), app => app.MapTokenfall(Path));

    /// <summary>For tests that bring their own endpoints or services.</summary>
    public static async Task<TestApp> StartAsync(Action<WebApplicationBuilder> build, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var logs = new FakeLogCollector();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs));
        var source = new ScriptedSource();
        // One attempt, so that a fault is seen at once. Tests of what is tried again say so.
        builder.Services.AddTokenfall(options => options.Upstream.MaxAttempts = 1);
        builder.Services.AddSingleton<IModelSource>(source);
        build(builder);
        var app = builder.Build();
        var begun = Channel.CreateUnbounded<string>();
        var ended = Channel.CreateUnbounded<string>();
        app.Use(async (context, next) =>
        {
            begun.Writer.TryWrite(context.Request.Method);
            try
            {
                await next(context);
            }
            finally
            {
                ended.Writer.TryWrite(context.Request.Method);
            }
        });
        map(app);
        await app.StartAsync();
        return new TestApp(app, source, logs, begun, ended);
    }

    /// <summary>Makes the application speak HTTP/2 only, without TLS.</summary>
    public static void SpeakHttp2(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));

    public static void Configure(WebApplicationBuilder builder, Action<AppOptions>? options, TimeProvider? time = null)
    {
        if (options is not null) AppOptions.Configure(builder.Services, options);
        if (time is not null) builder.Services.Replace(ServiceDescriptor.Singleton(time));
    }

    /// <summary>Shuts down as a host does on SIGTERM, with the longest timeout.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Completes when the shutdown has reached the runs.</summary>
    public Task DrainingAsync() => Logs.SaidAsync("Draining");

    /// <summary>Completes when one more request has reached the application. Returns the method.</summary>
    public Task<string> RequestBegunAsync() => _begun.Reader.ReadAsync().AsTask().Soon();

    /// <summary>Completes when the application is done with one more request: its reader has left. Returns the method.</summary>
    public Task<string> RequestEndedAsync() => _ended.Reader.ReadAsync().AsTask().Soon();

    public HttpClient NewClient(System.Net.CookieContainer? cookies = null, Uri? through = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = cookies is not null,
        CookieContainer = cookies ?? new(),
        ConnectTimeout = TimeSpan.FromSeconds(30),
        // A caller that leaves a stream leaves at once, as a browser does.
        ResponseDrainTimeout = TimeSpan.Zero,
    })
    {
        BaseAddress = through ?? Address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // Streams that a test left open are cut, not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
