namespace Snippets.Recipes.SignIn;

public static class BearerSignIn
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: bearer
        builder.Services.AddAuthentication().AddJwtBearer();
        builder.Services.AddAuthorization();
        builder.Services.AddTokenfall().AddDemo();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTokenfall("/ask/stream").RequireAuthorization();
        // end snippet
        return app;
    }
}
