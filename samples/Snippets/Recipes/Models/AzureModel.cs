using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;

namespace Snippets.Recipes.Models;

public static class AzureModel
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: azure-openai
        var endpoint = builder.Configuration["AzureOpenAI:Endpoint"] ?? throw new InvalidOperationException("Set AzureOpenAI:Endpoint.");
        var key = builder.Configuration["AzureOpenAI:ApiKey"] ?? throw new InvalidOperationException("Set AzureOpenAI:ApiKey.");
        var azure = new AzureOpenAIClient(
            new Uri(endpoint), new ApiKeyCredential(key), new AzureOpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

        builder.Services.AddChatClient(azure.GetChatClient("my-deployment").AsIChatClient());
        builder.Services.AddTokenfall().AddChatClient();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
