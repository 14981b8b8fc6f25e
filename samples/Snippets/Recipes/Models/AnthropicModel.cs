namespace Snippets.Recipes.Models;

public static class AnthropicModel
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: anthropic
        builder.Services.AddTokenfall().AddAnthropic();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
