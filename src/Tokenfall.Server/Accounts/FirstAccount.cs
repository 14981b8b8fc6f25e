using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Accounts;

/// <summary>Makes the configured first account when there is no account at all.</summary>
internal static class FirstAccount
{
    /// <exception cref="StartupException">The e-mail or the password is not acceptable.</exception>
    public static async Task EnsureAsync(UserManager<IdentityUser> accounts, FirstAccountOptions options)
    {
        if (options is not { Email: { Length: > 0 } email, Password: { Length: > 0 } password }) return;
        if (accounts.Users.Any()) return;

        var result = await accounts.CreateAsync(new IdentityUser(email) { Email = email }, password);
        if (!result.Succeeded)
            throw new StartupException($"Tokenfall:FirstAccount cannot be made. {result.Words()}");
    }
}
