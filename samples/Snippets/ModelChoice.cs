namespace Snippets;

public static class ModelChoice
{
    public static void Add(WebApplicationBuilder builder)
    {
        // snippet: models
        builder.Services.AddTokenfall().AddDemo("demo").AddChatClient("local");
        // end snippet
    }

    public static void Map(WebApplication app)
    {
        // snippet: model-choice
        app.MapTokenfall("/ask/stream")
            .WithModels("local", "demo")
            .WithChatOptions(options => options.Instructions = "Answer briefly.")
            .AllowRequestOptions(limits => limits.MaxTokens = 4096);
        // end snippet
    }
}
