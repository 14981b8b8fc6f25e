using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Commands;

/// <summary><c>account add | list | password | remove</c>.</summary>
internal sealed class AccountCommands(UserManager<IdentityUser> accounts)
{
    /// <summary>Describes the commands to the command line.</summary>
    /// <param name="settings">Configuration from the command line.</param>
    public static Command Create(string[] settings)
    {
        var list = new Command("list", "List the accounts");
        list.SetAction((_, _) => ServerHost.RunCommandAsync<AccountCommands>(settings, accounts => accounts.ListAsync()));
        return new("account", "Manage the accounts that people sign in with")
        {
            OnAccount("add", "Add an account; asks for its password", (accounts, email) => accounts.AddAsync(email)),
            list,
            OnAccount("password", "Set a new password; asks for it", (accounts, email) => accounts.SetPasswordAsync(email)),
            OnAccount("remove", "Remove an account and its keys", (accounts, email) => accounts.RemoveAsync(email)),
        };

        Command OnAccount(string name, string description, Func<AccountCommands, string, Task<int>> run)
        {
            var email = new Argument<string>("email") { Description = "The e-mail address of the account" };
            var command = new Command(name, description) { email };
            command.SetAction((args, _) => ServerHost.RunCommandAsync<AccountCommands>(settings, accounts => run(accounts, args.GetRequiredValue(email))));
            return command;
        }
    }

    public async Task<int> AddAsync(string email)
    {
        var password = await PasswordPrompt.ReadAsync($"Password for {email}: ");
        Require(await accounts.CreateAsync(new IdentityUser(email) { Email = email }, password));
        return Done($"Account {email} was added.");
    }

    public async Task<int> ListAsync()
    {
        foreach (var email in await accounts.Users.Select(account => account.Email).Order().ToListAsync())
            Console.WriteLine(email);
        return 0;
    }

    public async Task<int> SetPasswordAsync(string email)
    {
        var account = await FindAsync(email);
        var password = await PasswordPrompt.ReadAsync($"New password for {email}: ");
        var token = await accounts.GeneratePasswordResetTokenAsync(account);
        Require(await accounts.ResetPasswordAsync(account, token, password));
        // An operator who can run this may also open a locked account.
        Require(await accounts.SetLockoutEndDateAsync(account, null));
        Require(await accounts.ResetAccessFailedCountAsync(account));
        return Done($"The password of {email} was changed. Its open sessions end within a minute.");
    }

    public async Task<int> RemoveAsync(string email)
    {
        Require(await accounts.DeleteAsync(await FindAsync(email)));
        return Done($"Account {email} and its keys were removed. Its open sessions end within a minute.");
    }

    /// <exception cref="StartupException">There is no such account.</exception>
    public async Task<IdentityUser> FindAsync(string email) =>
        await accounts.FindByEmailAsync(email)
        ?? throw new StartupException($"There is no account {email}. \"account list\" shows all accounts.");

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new StartupException(result.Messages());
    }

    private static int Done(string message)
    {
        Console.WriteLine(message);
        return 0;
    }
}
