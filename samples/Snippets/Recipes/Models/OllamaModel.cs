using Microsoft.Extensions.AI;
using OllamaSharp;

namespace Snippets.Recipes.Models;

public static class OllamaModel
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: ollama
        var url = new Uri(builder.Configuration["Ollama:Url"] ?? "http://localhost:11434");
        builder.Services.AddChatClient(new OllamaApiClient(url, "llama3.2"));
        builder.Services.AddTokenfall().AddChatClient();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
