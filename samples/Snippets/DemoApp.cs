namespace Snippets;

public static class DemoApp
{
    public static void Run(string[] args)
    {
        // snippet: demo
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTokenfall().AddDemo();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        app.Run();
        // end snippet
    }
}
