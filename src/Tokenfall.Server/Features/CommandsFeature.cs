using Tokenfall.Server.Commands;

namespace Tokenfall.Server.Features;

/// <summary>Accounts and keys from the console: <c>account ...</c> and <c>key ...</c>.</summary>
internal static class CommandsFeature
{
    /// <summary>Runs a command against the store, without a server.</summary>
    public static async Task<int> RunCommandAsync(this WebApplicationBuilder builder, string[] args)
    {
        builder.Services.AddScoped<AccountCommands>();
        builder.Services.AddScoped<KeyCommands>();
        await using var app = builder.Build();
        await app.MigrateStoreAsync();
        await using var scope = app.Services.CreateAsyncScope();
        return await CommandLine.RunAsync(scope.ServiceProvider, args);
    }
}
