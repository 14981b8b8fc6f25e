using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Snippets.Recipes.Models;

public static class OpenAIModel
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: openai
        var options = new OpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        // For another server that speaks OpenAI's API. Without it, OpenAI's own.
        if (builder.Configuration["OpenAI:Endpoint"] is { } endpoint) options.Endpoint = new Uri(endpoint);
        var key = builder.Configuration["OpenAI:ApiKey"] ?? throw new InvalidOperationException("Set OpenAI:ApiKey.");
        var client = new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient("gpt-5-mini").AsIChatClient();

        builder.Services.AddChatClient(client);
        builder.Services.AddTokenfall().AddChatClient();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
