using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>An application in memory with an endpoint of every kind, whose model answers at once.</summary>
internal sealed class FuzzApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FuzzApp(WebApplication app, FakeLogCollector logs) => (_app, Logs) = (app, logs);

    public FakeLogCollector Logs { get; }

    public TestServer Server => _app.GetTestServer();

    public static async Task<FuzzApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        var logs = new FakeLogCollector();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddTokenfall(runs => (runs.Limits.MaxRuns, runs.RetentionBytes) = (int.MaxValue, 1024 * 1024));
        builder.Services.Configure<TokenfallHttpOptions>(http => (http.AllowGetStart, http.MaxPromptLength, http.Probe.MaxConcurrent) = (true, 4000, 10_000));
        builder.Services.AddSingleton<IModelSource>(new ScriptedSource { Answer = AnswerAsync });
        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        app.MapTokenfall("/options").AllowRequestOptions(allowed => (allowed.MaxTokens, allowed.Temperature) = (1000, (0, 1)));
        app.MapTokenfall("/typed", (Question question) => Updates.Of("Hello ", question.Name));
        await app.StartAsync();
        return new(app, logs);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task AnswerAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        writer.Text(request.Messages[^1].Text);
        writer.Complete("end_turn");
        return Task.CompletedTask;
    }

    internal sealed record Question(string Name, int Count, string[]? Tags, Dictionary<string, string>? Nested);
}
