using System.Text;
using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// In Development the first start creates an account to sign in with.
/// Its password is random, kept in a file that only the owner of the data folder can read, and shown at every start
/// until someone changes it.
/// </summary>
internal sealed class DemoAccount(UserManager<IdentityUser> accounts, DataFolder folder)
{
    /// <summary>The account's e-mail address.</summary>
    public const string Email = "demo@localhost";

    private const string PasswordFile = "demo-password";

    /// <summary>Creates the account when there are no accounts.</summary>
    /// <returns>The generated password, or <see langword="null"/> when the account does not exist or has another one by now.</returns>
    public async Task<string?> EnsureAsync(CancellationToken cancellationToken = default)
    {
        if (!accounts.Users.Any()) await CreateAsync();

        var path = folder.File(PasswordFile);
        if (!File.Exists(path) || await accounts.FindByEmailAsync(Email) is not { } account) return null;
        var password = await File.ReadAllTextAsync(path, cancellationToken);
        return await accounts.CheckPasswordAsync(account, password) ? password : null;
    }

    private async Task CreateAsync()
    {
        var password = GeneratedPassword.Create();
        // The file comes first: an account whose password nobody knows would be worse than a file without an account.
        if (File.Exists(folder.File(PasswordFile))) File.Delete(folder.File(PasswordFile));
        folder.WriteNew(PasswordFile, Encoding.UTF8.GetBytes(password));
        var result = await accounts.CreateAsync(new IdentityUser(Email) { Email = Email }, password);
        if (!result.Succeeded) throw new InvalidOperationException(result.Messages());
    }
}
