using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Checks an e-mail and a password. Whoever tries cannot learn which accounts exist: an unknown e-mail, a wrong password and
/// a locked account give the same answer and cost one password hash each.
/// </summary>
internal sealed class PasswordCheck(SignInManager<IdentityUser> signIn, DecoyPassword decoy)
{
    /// <returns>The account, or <see langword="null"/> when these do not open one.</returns>
    public async Task<IdentityUser?> FindAsync(string email, string password)
    {
        var account = await signIn.UserManager.FindByEmailAsync(email);
        if (account is null || await signIn.UserManager.IsLockedOutAsync(account))
        {
            decoy.Try(password);
            return null;
        }
        var result = await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        return result.Succeeded ? account : null;
    }
}
