using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Features;

/// <summary>What the console shows: log lines, one line each, and at the start where to go.</summary>
internal static class ConsoleFeature
{
    public static void AddConsoleLines(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });

        // A failed start is told once, by whoever catches it; not again, with its stack, by the host and by Kestrel.
        var start = new StartPhase();
        builder.Services.AddSingleton(start);
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
            builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && (level < LogLevel.Error || start.Over));
    }

    /// <summary>Tells the person at the console where the server is, what answers, and how to sign in.</summary>
    public static void Welcome(this WebApplication app, ServerOptions options, ModelKind model, string? signIn)
    {
        if (model == ModelKind.Demo)
            Console.WriteLine("Model: demo (built in, no network). Set ANTHROPIC_API_KEY to ask the real one.");
        if (!options.SignIn)
            Console.WriteLine("Sign-in is off (TOKENFALL_AUTH=none): only this machine can use the server.");
        if (signIn is not null)
            Console.WriteLine(signIn);
        Console.WriteLine($"Tokenfall is ready: {string.Join(", ", app.Urls)}");
    }
}
