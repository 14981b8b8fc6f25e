using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Accounts;

/// <summary>Creates the configured first account when there are no accounts.</summary>
internal static class FirstAccount
{
    /// <exception cref="StartupException">The e-mail or the password is not acceptable.</exception>
    public static async Task EnsureAsync(UserManager<IdentityUser> accounts, FirstAccountOptions options)
    {
        if (options is not { Email: { Length: > 0 } email, Password: { Length: > 0 } password }) return;
        if (accounts.Users.Any()) return;

        AccountName.Require(email);
        var result = await accounts.CreateAsync(new IdentityUser(email) { Email = email }, password);
        if (!result.Succeeded)
            throw new StartupException($"The account of Tokenfall:FirstAccount cannot be created. {result.Messages()}");
    }
}
