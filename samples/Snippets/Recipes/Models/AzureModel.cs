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
        var azure = new AzureOpenAIClient(
            new Uri(builder.Configuration["AzureOpenAI:Endpoint"] ?? throw new InvalidOperationException("Set AzureOpenAI:Endpoint.")),
            new ApiKeyCredential(builder.Configuration["AzureOpenAI:ApiKey"] ?? throw new InvalidOperationException("Set AzureOpenAI:ApiKey.")),
            new AzureOpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

        builder.Services.AddChatClient(azure.GetChatClient("my-deployment").AsIChatClient());
        builder.Services.AddTokenfall().AddChatClient();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
