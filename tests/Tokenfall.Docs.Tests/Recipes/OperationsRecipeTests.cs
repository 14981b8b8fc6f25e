using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Snippets.Recipes.Models;
using Snippets.Recipes.Operations;
using Tokenfall.Tests;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>Each recipe for operations, run once.</summary>
public sealed class OperationsRecipeTests
{
    private static readonly (string, string?) Brief = ("Tokenfall:Upstream:MaxTokens", "2");

    [Fact]
    public async Task Telemetry_ARun_IsExported()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await RecipeHost.StartAsync(builder =>
        {
            var app = builder.Build();
            app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body, Encoding.Latin1);
                var body = await reader.ReadToEndAsync();
                received.AddOrUpdate(signal, body, (_, before) => before + body);
            });
            return app;
        });
        await using var host = await RecipeHost.StartAsync(Telemetry.Build, Brief,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Http.BaseAddress!.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        using var answer = await host.Http.PostAsJsonAsync("/ask/stream", new { prompt = "Hi" });
        // The end is read before the run's activity is over.
        await host.Services.GetRequiredService<RunManager>().DrainAsync().Soon();
        Assert.True(host.Services.GetRequiredService<MeterProvider>().ForceFlush());
        Assert.True(host.Services.GetRequiredService<TracerProvider>().ForceFlush());

        Assert.Contains("tokenfall.runs.ended", received["metrics"], StringComparison.Ordinal);
        // This run's: the exporter sees those of the tests beside this one, too.
        Assert.Contains(answer.Headers.Location!.OriginalString.Split('/')[^1], received["traces"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SavedAnswers_AnswerEnds_IsSaved()
    {
        var store = new Saved();
        await using var host = await StartSavedAsync(store, new ParrotClient());

        await host.AskAsync(new { text = "Which valve?" }, "/support/stream");

        Assert.Equal(("anonymous", "Which valve? ", true), await store.Answer.Soon());
    }

    [Fact]
    public async Task SavedAnswers_AnswerIsStopped_WhatThereIsIsSaved()
    {
        var store = new Saved();
        await using var host = await StartSavedAsync(store, new EndlessClient());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/support/stream") { Content = JsonContent.Create(new { text = "Go on" }) };
        using var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var events = await EventStream.OfAsync(response);
        while ((await events.FrameAsync())?.Event != "delta")
        {
        }

        using var stopped = await host.Http.DeleteAsync(response.Headers.Location);

        Assert.Equal(("anonymous", "On and ", false), await store.Answer.Soon());
    }

    [Fact]
    public async Task Ledger_AnswerEnds_IsCharged()
    {
        var book = new Book(hasCredit: true);
        await using var host = await StartChargedAsync(book);

        await host.AskAsync(new { prompt = "Hi" });

        Assert.Equal(("anonymous", "demo", 1, 2, false), await book.Charge.Soon());
    }

    [Fact]
    public async Task Ledger_ModelWithoutUsage_IsChargedByTheLengthOfTheText()
    {
        var book = new Book(hasCredit: true);
        await using var host = await RecipeHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton<IAccountBook>(book).AddSingleton<IUsageLedger, Billing>();
            builder.Services.AddTokenfall().AddSource("silent", _ => new SilentSource());
            var app = builder.Build();
            app.MapTokenfall("/ask/stream");
            return app;
        });

        await host.AskAsync(new { prompt = "What is a waterfall?" });

        Assert.Equal(("anonymous", null, 6, 2, true), await book.Charge.Soon());
    }

    [Fact]
    public async Task Ledger_NoCredit_NothingIsAsked()
    {
        await using var host = await StartChargedAsync(new Book(hasCredit: false));

        using var response = await host.Http.PostAsJsonAsync("/ask/stream", new { prompt = "Hi" });

        Assert.Contains("budget_exceeded", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnRun_ReturnsTextAndUsage()
    {
        await using var host = await RecipeHost.StartAsync(builder =>
        {
            builder.Services.AddTokenfall().AddChatClient("parrot", _ => new ParrotClient());
            builder.Services.AddSingleton<Summaries>();
            return builder.Build();
        });

        var (text, end) = await host.Services.GetRequiredService<Summaries>().SummarizeAsync("\"Rain\"", "ada").Soon();

        Assert.Equal(("Summarize this:\n\"Rain\" ", RunStatus.Done), (text, end.Status));
    }

    private static Task<RecipeHost> StartSavedAsync(Saved store, IChatClient client) => RecipeHost.StartAsync(builder =>
    {
        builder.Services.AddChatClient(client);
        builder.Services.AddSingleton<IAnswerStore>(store);
        return SavedAnswers.Build(builder);
    });

    private static Task<RecipeHost> StartChargedAsync(Book book) => RecipeHost.StartAsync(builder =>
    {
        builder.Services.AddSingleton<IAccountBook>(book);
        return ChargedAnswers.Build(builder);
    }, Brief);

    private sealed class Saved : IAnswerStore
    {
        private readonly TaskCompletionSource<(string, string, bool)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(string User, string Text, bool IsComplete)> Answer => _answer.Task;

        public Task SaveAsync(string user, string text, bool isComplete, CancellationToken cancellationToken)
        {
            _answer.SetResult((user, text, isComplete));
            return Task.CompletedTask;
        }
    }

    private sealed class Book(bool hasCredit) : IAccountBook
    {
        private readonly TaskCompletionSource<(string, string?, long, long, bool)> _charge = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(string Owner, string? Model, long Input, long Output, bool IsEstimate)> Charge => _charge.Task;

        public Task<bool> HasCreditAsync(string owner, CancellationToken cancellationToken) => Task.FromResult(hasCredit);

        public Task ChargeAsync(string owner, string? model, long inputTokens, long outputTokens, bool isEstimate, CancellationToken cancellationToken)
        {
            _charge.SetResult((owner, model, inputTokens, outputTokens, isEstimate));
            return Task.CompletedTask;
        }
    }

    private sealed class SilentSource : IModelSource
    {
        public string? Model => null;

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            writer.Text("Water.");
            writer.Complete("end_turn");
            return Task.CompletedTask;
        }
    }

    private sealed class EndlessClient : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "On and ");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("This client only streams.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
