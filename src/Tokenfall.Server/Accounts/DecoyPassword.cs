using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

/// <summary>A password that nobody knows, hashed like the real ones, to spend the same time on when there is no account to check.</summary>
internal sealed class DecoyPassword(IPasswordHasher<IdentityUser> hasher)
{
    private readonly IdentityUser _nobody = new();
    private readonly string _hash = hasher.HashPassword(new IdentityUser(), GeneratedPassword.Create());

    /// <summary>Costs what a real check costs. Always wrong.</summary>
    public void Try(string password) => hasher.VerifyHashedPassword(_nobody, _hash, password);
}
