using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tokenfall.Server.Tests.Support;

/// <summary>The real password hasher, made quick, which counts how often a password was checked.</summary>
internal sealed class CountingHasher() : PasswordHasher<IdentityUser>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }))
{
    private int _checks;
    private int _accountChecks;

    public int Checks => _checks;

    /// <summary>Those against a real account, not against the decoy.</summary>
    public int AccountChecks => _accountChecks;

    /// <summary>Runs before a check against a real account is answered.</summary>
    public Action OnAccountCheck { get; init; } = () => { };

    public override PasswordVerificationResult VerifyHashedPassword(IdentityUser user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _checks);
        if (user.Email is not null)
        {
            Interlocked.Increment(ref _accountChecks);
            OnAccountCheck();
        }
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
