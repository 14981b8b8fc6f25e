using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

/// <summary>A password that nobody knows, hashed like real ones: checking it takes the same time when there is no account to check.</summary>
internal sealed class DecoyPassword(IPasswordHasher<IdentityUser> hasher)
{
    private readonly IdentityUser _nobody = new();
    private readonly string _hash = hasher.HashPassword(new IdentityUser(), GeneratedPassword.Create());

    /// <summary>Takes as long as a real check, and always fails.</summary>
    public PasswordVerificationResult Try(string password) => hasher.VerifyHashedPassword(_nobody, _hash, password);
}
