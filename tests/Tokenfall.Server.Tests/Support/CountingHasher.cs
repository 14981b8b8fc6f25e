using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Tests.Support;

/// <summary>The real password hasher, which counts how often a password was checked.</summary>
internal sealed class CountingHasher : PasswordHasher<IdentityUser>
{
    private int _checks;

    public int Checks => _checks;

    public override PasswordVerificationResult VerifyHashedPassword(IdentityUser user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _checks);
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
