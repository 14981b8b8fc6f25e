using Microsoft.Extensions.Options;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Features;

/// <summary>What the console shows: single-line log messages and, at the start, how to use the server.</summary>
internal static class ConsoleFeature
{
    private static readonly string[] StartReporters =
    [
        "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore",
        "Microsoft.AspNetCore.DataProtection",
    ];

    public static void AddConsole(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });

        // Program reports a failed start; without this others would report it too, with a stack trace.
        var start = new StartPhase();
        builder.Services.AddSingleton(start);
        foreach (var category in StartReporters)
            builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && (level < LogLevel.Error || start.IsOver));
    }

    /// <summary>Prints the address of the server, the model, and how to sign in.</summary>
    public static void PrintWelcome(this WebApplication app, ServerOptions options, ModelKind model, string? signIn)
    {
        var settings = app.Services.GetRequiredService<IOptions<TokenfallOptions>>().Value;
        if (MemoryNeeds.Problem(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, settings) is { } problem) Console.WriteLine(problem);
        Console.WriteLine(model == ModelKind.Demo
            ? "Model: demo (built in, no network). Set ANTHROPIC_API_KEY to ask the real one."
            : $"Model: {app.Services.GetRequiredService<ModelSources>().Default.Model} (Anthropic)");
        if (!options.SignIn)
            Console.WriteLine("Sign-in is off (TOKENFALL_AUTH=none): only this machine can use the server.");
        if (signIn is not null)
            Console.WriteLine(signIn);
        Console.WriteLine($"Tokenfall is ready: {string.Join(", ", app.Urls)}");
    }
}
