using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Commands;

/// <summary><c>account add | list | password | disable | enable | remove | erase</c>.</summary>
internal sealed class AccountCommands(UserManager<IdentityUser> accounts, ApiKeyStore keys, IConversationStore conversations)
{
    /// <summary>Describes the commands to the command line.</summary>
    /// <param name="settings">Configuration from the command line.</param>
    public static Command Create(string[] settings)
    {
        var list = new Command("list", "List the accounts");
        list.SetAction((_, _) => ServerHost.RunCommandAsync<AccountCommands>(settings, accounts => accounts.ListAsync()));
        return new("account", "Manage the accounts that people sign in with")
        {
            OnAccount("add", "Add an account; asks for its password", (accounts, email, _) => accounts.AddAsync(email)),
            list,
            Password(),
            OnAccount("disable", "Let nobody use an account, by password or by key, until it is enabled", (accounts, email, _) => accounts.DisableAsync(email)),
            OnAccount("enable", "Let an account be used again", (accounts, email, _) => accounts.EnableAsync(email)),
            OnAccount("remove", "Remove an account and its keys; what was said stays", (accounts, email, _) => accounts.RemoveAsync(email)),
            OnAccount("erase", "Remove an account, its keys, and all that is stored of its person", (accounts, email, _) => accounts.EraseAsync(email)),
        };

        Command Password()
        {
            var revoke = new Option<bool>("--revoke-keys") { Description = "Revoke the keys of the account, too" };
            var keep = new Option<bool>("--keep-keys") { Description = "Do not ask, and leave the keys of the account valid" };
            var command = OnAccount(
                "password", "Set a new password; asks for it, and whether to revoke the keys",
                (accounts, email, args) => accounts.SetPasswordAsync(email, args.GetValue(revoke) ? true : args.GetValue(keep) ? false : null));
            command.Add(revoke);
            command.Add(keep);
            command.Validators.Add(args =>
            {
                if (args.GetValue(revoke) && args.GetValue(keep)) args.AddError("Give --revoke-keys or --keep-keys, not both.");
            });
            return command;
        }

        Command OnAccount(string name, string description, Func<AccountCommands, string, ParseResult, Task<int>> run)
        {
            var email = new Argument<string>("email") { Description = "The e-mail address of the account" };
            var command = new Command(name, description) { email };
            command.SetAction((args, _) => ServerHost.RunCommandAsync<AccountCommands>(settings, accounts => run(accounts, args.GetRequiredValue(email), args)));
            return command;
        }
    }

    public async Task<int> AddAsync(string email)
    {
        AccountName.Require(email);
        var password = await Prompt.PasswordAsync($"Password for {email}: ");
        Require(await accounts.CreateAsync(new IdentityUser(email) { Email = email }, password));
        return Done($"Account {email} was added.");
    }

    public async Task<int> ListAsync()
    {
        foreach (var account in await accounts.Users.OrderBy(account => account.Email).ToListAsync())
            Console.WriteLine(VisibleName.Show(account.Email) + (account.IsDisabled() ? "\tdisabled" : ""));
        return 0;
    }

    /// <param name="email">The account.</param>
    /// <param name="revokeKeys">Whether to revoke its keys, too; null to ask at a terminal, and else to keep them.</param>
    public async Task<int> SetPasswordAsync(string email, bool? revokeKeys)
    {
        await RequireAsync(email);
        var password = await Prompt.PasswordAsync($"New password for {email}: ");
        // Read only now: a sign-in while the operator types changes the account.
        var account = await FindAsync(email);
        var count = (await keys.ListAsync(account.Id)).Count;
        var revokes = count > 0 && (revokeKeys ?? Prompt.Confirm($"Revoke the {Keys(count)} of {email}, too?"));

        var token = await accounts.GeneratePasswordResetTokenAsync(account);
        Require(await accounts.ResetPasswordAsync(account, token, password));
        if (revokes) count = await keys.RemoveAllAsync(account.Id);
        // An operator who can run this may also open a locked account. A disabled one stays disabled.
        if (!account.IsDisabled()) Require(await accounts.SetLockoutEndDateAsync(account, null));
        Require(await accounts.ResetAccessFailedCountAsync(account));

        return Done($"The password of {email} was changed, and its sessions have ended."
            + (account.IsDisabled() ? " The account is still disabled." : "")
            + (revokes ? $" Its {Keys(count)} {(count == 1 ? "was" : "were")} revoked." : "")
            + (count > 0 && !revokes ? $" Its {Keys(count)} {(count == 1 ? "is" : "are")} still valid: \"key list\" shows keys, \"key remove\" revokes one." : ""));
    }

    public async Task<int> DisableAsync(string email)
    {
        var account = await FindAsync(email);
        Require(await accounts.SetLockoutEndDateAsync(account, ValidAccess.Disabled));
        // So that its sessions stay over when it is enabled again.
        Require(await accounts.UpdateSecurityStampAsync(account));
        return Done($"Account {email} was disabled. Its sessions have ended, its keys do not work, and its answers are stopped. \"account enable\" lets it be used again.");
    }

    public async Task<int> EnableAsync(string email)
    {
        var account = await FindAsync(email);
        Require(await accounts.SetLockoutEndDateAsync(account, null));
        Require(await accounts.ResetAccessFailedCountAsync(account));
        var count = (await keys.ListAsync(account.Id)).Count;
        return Done($"Account {email} can be used again." + (count > 0 ? $" So can its {Keys(count)}." : ""));
    }

    public async Task<int> RemoveAsync(string email)
    {
        Require(await accounts.DeleteAsync(await FindAsync(email)));
        return Done($"Account {email} and its keys were removed. Its sessions have ended, and its answers are stopped.");
    }

    public async Task<int> EraseAsync(string email)
    {
        var account = await FindAsync(email);
        var count = (await keys.ListAsync(account.Id)).Count;
        var owner = CallerClaims.OwnerOf(account);
        // Before the account: as long as it is there, the command can be repeated.
        var erased = await conversations.EraseAsync(owner, CancellationToken.None);
        Require(await accounts.DeleteAsync(account));
        // What was asked in between.
        await conversations.EraseAsync(owner, CancellationToken.None);
        return Done($"Account {email} was erased: {Counted(count, "key")}, {Counted(erased.Conversations, "conversation")} with {Counted(erased.Messages, "message")}, "
            + $"{Counted(erased.Runs, "run")} with {(erased.Runs == 1 ? "its log" : "their logs")}. Its sessions have ended, and its answers are stopped. "
            + "Backups and the server's log, which has no prompts and no answers, are as they were.");
    }

    /// <exception cref="StartupException">There is no such account.</exception>
    public async Task<IdentityUser> FindAsync(string email) =>
        await accounts.FindByEmailAsync(email) ?? throw NoAccount(email);

    private async Task RequireAsync(string email)
    {
        var name = accounts.NormalizeEmail(email);
        if (!await accounts.Users.AnyAsync(account => account.NormalizedEmail == name)) throw NoAccount(email);
    }

    private static StartupException NoAccount(string email) => new($"There is no account {email}. \"account list\" shows all accounts.");

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new StartupException(result.Messages());
    }

    private static string Keys(int count) => count == 1 ? "key" : $"{count} keys";

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static int Done(string message)
    {
        Console.WriteLine(message);
        return 0;
    }
}
