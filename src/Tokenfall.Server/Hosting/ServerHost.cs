using Microsoft.AspNetCore.Builder.Extensions;
using Tokenfall.Server.Commands;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Features;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Hosting;

/// <summary>Assembles the features to a server, or to what a command needs.</summary>
internal static class ServerHost
{
    /// <summary>Runs the server until it is told to stop.</summary>
    /// <param name="settings">Configuration from the command line.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StartupException">The server cannot start; the message says why.</exception>
    public static async Task<int> RunAsync(string[] settings)
    {
        var (builder, options, folder) = CreateBuilder(settings);
        var model = ModelChoice.Decide(options, builder.Configuration, builder.Environment.IsDevelopment());
        builder.AddListening(options);
        builder.AddForwardedHeaders(options);
        builder.AddSecurityHeaders();
        builder.AddErrors();
        builder.AddSession();
        builder.AddHealth();
        builder.AddAsk(model, folder, options);
        if (options.SignIn) builder.AddSignIn();
        if (options.SignIn) builder.AddRateLimits(options);

        await using var app = builder.Build();
        var howToSignIn = await WithStoreAsync(app, async () =>
        {
            await app.OpenStoreAsync();
            return await app.EnsureAccountAsync(options);
        });

        app.UseSecurityHeaders();
        app.UseErrors();
        if (options.SignIn) app.UseForwardedHeaders();
        else app.UseLoopbackOnly();
        // As UsePathBase, which would also choose the endpoint here, before the pages.
        if (options.PathBase.HasValue) app.UseMiddleware<UsePathBaseMiddleware>(options.PathBase);
        app.UseStrictTransport();
        app.UsePages();
        app.UseRouting();
        if (options.SignIn) app.UseSignIn();

        app.MapHealth();
        app.MapSession(options, model);
        app.MapAsk(options);
        if (options.SignIn) app.MapSignIn();
        if (options.SignIn) app.MapApiKeys();

        // Here the journal is opened, too.
        await WithStoreAsync(app, async () =>
        {
            await app.ListenAsync(options);
            return true;
        });
        app.PrintWelcome(options, model, howToSignIn);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Runs a command on the store, without a server.</summary>
    /// <typeparam name="TCommands">The class that has the command.</typeparam>
    /// <param name="settings">Configuration from the command line.</param>
    /// <param name="command">The command; its result is the exit code.</param>
    /// <exception cref="StartupException">The command was refused; the message says why.</exception>
    public static async Task<int> RunCommandAsync<TCommands>(string[] settings, Func<TCommands, Task<int>> command) where TCommands : notnull
    {
        var (builder, options, folder) = CreateBuilder(settings);
        builder.Services.AddTokenfallCore().AddRecords(options, folder);
        builder.Services.AddScoped<AccountCommands>();
        builder.Services.AddScoped<KeyCommands>();
        builder.Services.AddScoped<BackupCommand>();
        await using var app = builder.Build();
        return await WithStoreAsync(app, async () =>
        {
            await app.MigrateStoreAsync();
            await using var scope = app.Services.CreateAsyncScope();
            return await command(scope.ServiceProvider.GetRequiredService<TCommands>());
        });
    }

    /// <exception cref="StartupException">The store failed; the message says how to mend it.</exception>
    private static async Task<T> WithStoreAsync<T>(WebApplication app, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (app.Services.GetRequiredService<IDatabase>().FailureOf(e) is { } failure)
        {
            throw new StartupException(failure.Sentence, e);
        }
    }

    private static (WebApplicationBuilder Builder, ServerOptions Options, DataFolder Folder) CreateBuilder(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = settings,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.AddShippedSettings();
        var options = ServerOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddConsole();
        var folder = builder.AddStore(options);
        builder.AddAccounts();
        builder.AddApiKeys();
        return (builder, options, folder);
    }
}
