namespace Snippets;

public static class Stores
{
    public static void InAFile(string[] args)
    {
        // snippet: sqlite
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTokenfall().AddDemo().AddSqlite("data/journal.db");

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        app.Run();
        // end snippet
    }

    public static void InPostgreSql(string[] args)
    {
        // snippet: postgresql
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTokenfall().AddDemo().AddPostgreSql("Host=localhost;Database=app;Username=app");

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        app.Run();
        // end snippet
    }
}
