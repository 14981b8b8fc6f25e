using System.ClientModel;
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

        Assert.Equal("Which valve? ", await host.AskAsync(new { product = "pumps", text = "Which valve?" }, "/support/stream"));
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
}
