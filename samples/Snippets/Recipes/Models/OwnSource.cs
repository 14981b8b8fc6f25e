namespace Snippets.Recipes.Models;

public static class OwnSource
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: add-source
        builder.Services.AddTokenfall().AddSource<CountdownSource>();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
