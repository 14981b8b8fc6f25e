using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Commands;

/// <summary>
/// Accounts and keys from the console. Passwords come from the keyboard or from standard input, never from the arguments,
/// which every user of the machine can see.
/// </summary>
internal static class CommandLine
{
    private const string Usage = """
        account add EMAIL            make an account; asks for a password
        account list                 list the accounts
        account password EMAIL       set a new password
        account remove EMAIL         remove an account and its keys
        key add NAME --account EMAIL make an API key; it is shown once
        key list                     list the API keys
        key remove ID                remove an API key
        """;

    /// <summary>Whether the arguments ask for a command rather than for the server.</summary>
    public static bool IsCommand(string[] args) => args is ["account" or "key", ..];

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 done, 2 not understood.</returns>
    /// <exception cref="StartupException">The command was refused; the message says why.</exception>
    public static Task<int> RunAsync(IServiceProvider services, string[] args) =>
        Choose(args, services.GetRequiredService<AccountCommands>(), services.GetRequiredService<KeyCommands>());

    // Settings may follow a command: account list --Tokenfall:Data /var/lib/tokenfall
    private static Task<int> Choose(string[] args, AccountCommands accounts, KeyCommands keys) => args switch
    {
        ["account", "add", var email, ..] => accounts.AddAsync(email),
        ["account", "list", ..] => accounts.ListAsync(),
        ["account", "password", var email, ..] => accounts.SetPasswordAsync(email),
        ["account", "remove", var email, ..] => accounts.RemoveAsync(email),
        ["key", "add", var name, "--account", var email, ..] => keys.AddAsync(name, email),
        ["key", "list", ..] => keys.ListAsync(),
        ["key", "remove", var id, ..] => keys.RemoveAsync(id),
        _ => ShowUsage(),
    };

    private static Task<int> ShowUsage()
    {
        Console.Error.WriteLine(Usage);
        return Task.FromResult(2);
    }
}
