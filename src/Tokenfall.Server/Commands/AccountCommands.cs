using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Commands;

/// <summary><c>account add | list | password | remove</c>.</summary>
internal sealed class AccountCommands(UserManager<IdentityUser> accounts)
{
    public async Task<int> AddAsync(string email)
    {
        var password = await PasswordPrompt.ReadAsync($"Password for {email}: ");
        Require(await accounts.CreateAsync(new IdentityUser(email) { Email = email }, password));
        return Done($"Account {email} is made.");
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
        // Whoever can run this may also open a locked account.
        Require(await accounts.SetLockoutEndDateAsync(account, null));
        Require(await accounts.ResetAccessFailedCountAsync(account));
        return Done($"The password of {email} is set. Its open sessions end within a minute.");
    }

    public async Task<int> RemoveAsync(string email)
    {
        Require(await accounts.DeleteAsync(await FindAsync(email)));
        return Done($"Account {email} and its keys are removed. Its open sessions end within a minute.");
    }

    /// <exception cref="StartupException">There is no such account.</exception>
    public async Task<IdentityUser> FindAsync(string email) =>
        await accounts.FindByEmailAsync(email)
        ?? throw new StartupException($"There is no account {email}. \"account list\" shows those there are.");

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new StartupException(result.Words());
    }

    private static int Done(string words)
    {
        Console.WriteLine(words);
        return 0;
    }
}
