using System.ClientModel;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using Snippets;
using Snippets.Recipes.Models;
using Tokenfall.Testing;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>Each recipe for a model, run once.</summary>
public sealed class ModelRecipeTests
{
    private static readonly object Question = new { prompt = "What is a waterfall?" };

    [Fact]
    public async Task OwnChatClient_StreamsTheAnswer()
    {
        await using var host = await RecipeHost.StartAsync(ChatClients.BuildOne);

        Assert.Equal("What is a waterfall? ", await host.AskAsync(Question));
    }

    [Fact]
    public async Task OwnChatClient_NamesItsModelAndItsUsage()
    {
        await using var host = await RecipeHost.StartAsync(ChatClients.BuildOne);

        using var response = await host.Http.PostAsJsonAsync("/ask/stream", Question);

        var events = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"model\":\"parrot\"", events, StringComparison.Ordinal);
        Assert.Contains("\"output_tokens\":4,", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndOfSequence_ClientWithoutAFinishReason_IsComplete()
    {
        using var client = new UnfinishedClient();
        await using var endpoint = await RecipeHost.StartAsync(builder => ChatClients.BuildComplete(builder, client));
        await using var source = await RecipeHost.StartAsync(builder => ChatClients.BuildCompleteSource(builder, client));

        Assert.Equal(("Half", "Half"), (await endpoint.AskAsync(Question), await source.AskAsync(Question)));
    }

    [Theory]
    [InlineData("parrot")]
    [InlineData("other")]
    public async Task KeyedChatClients_AreChosenByName(string model)
    {
        await using var host = await RecipeHost.StartAsync(ChatClients.BuildSeveral);

        Assert.Equal("Hi ", await host.AskAsync(new { prompt = "Hi", model }));
    }

    [Fact]
    public async Task OwnSource_StreamsTheAnswer()
    {
        await using var host = await RecipeHost.StartAsync(OwnSource.Build);

        Assert.Equal("3 2 1 ", await host.AskAsync(new { prompt = "3" }));
    }

    [Fact]
    public async Task Delegate_StreamsTheAnswer()
    {
        await using var host = await RecipeHost.StartAsync(builder =>
        {
            builder.Services.AddTokenfall();
            builder.Services.AddChatClient(new ParrotClient());
            var app = builder.Build();
            SupportEndpoint.Map(app);
            return app;
        });

        Assert.Equal("Which valve? ", await host.AskAsync(new { text = "Which valve?" }, "/support/stream"));
    }

    [Fact]
    public async Task Anthropic_StreamsTheAnswer()
    {
        await using var model = await ModelServer.StartAsync();
        model.Script = ModelScript.Say("Water, falling.");
        await using var host = await RecipeHost.StartAsync(AnthropicModel.Build,
            ("Tokenfall:Anthropic:ApiKey", "test"), ("Tokenfall:Anthropic:BaseUrl", model.Url.ToString()));

        Assert.Equal("Water, falling.", await host.AskAsync(Question));
    }

    [Fact]
    public async Task OpenAI_StreamsTheAnswer()
    {
        await using var provider = await ProviderStandIn.StartAsync();
        await using var host = await RecipeHost.StartAsync(OpenAIModel.Build, ("OpenAI:ApiKey", "test"), ("OpenAI:Endpoint", $"{provider.Url}/v1"));

        Assert.Equal("Water, falling.", await host.AskAsync(Question));
    }

    [Fact]
    public async Task AzureOpenAI_StreamsTheAnswer()
    {
        await using var provider = await ProviderStandIn.StartAsync();
        await using var host = await RecipeHost.StartAsync(AzureModel.Build, ("AzureOpenAI:ApiKey", "test"), ("AzureOpenAI:Endpoint", provider.Url));

        Assert.Equal("Water, falling.", await host.AskAsync(Question));
    }

    [Fact]
    public async Task Ollama_StreamsTheAnswer()
    {
        await using var provider = await ProviderStandIn.StartAsync();
        await using var host = await RecipeHost.StartAsync(OllamaModel.Build, ("Ollama:Url", provider.Url));

        Assert.Equal("Water, falling.", await host.AskAsync(Question));
    }

    [Fact]
    public async Task Functions_TheModelAsksForOne_ItsResultGoesBack()
    {
        await using var provider = await ProviderStandIn.StartAsync();
        using var client = new OpenAIClient(new ApiKeyCredential("test"), new OpenAIClientOptions { Endpoint = new Uri($"{provider.Url}/v1") }).GetChatClient("m").AsIChatClient();
        await using var host = await RecipeHost.StartAsync(builder => Functions.Build(builder, client));

        Assert.Equal("Water, \"Rain in Bonn.\"", await host.AskAsync(Question));
    }

    private sealed class UnfinishedClient : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Half");
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("This client only streams.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
