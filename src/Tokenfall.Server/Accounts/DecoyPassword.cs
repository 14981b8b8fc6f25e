using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tokenfall.Server.Accounts;

/// <summary>A password that nobody knows, hashed like the real ones, to spend the same time on when there is no account to check.</summary>
internal sealed class DecoyPassword
{
    private readonly IdentityUser _nobody = new();
    private readonly PasswordHasher<IdentityUser> _hasher;
    private readonly string _hash;

    public DecoyPassword(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<IdentityUser>(options);
        _hash = _hasher.HashPassword(_nobody, GeneratedPassword.Create());
    }

    /// <summary>Costs what a real check costs. Always wrong.</summary>
    public void Try(string password) => _hasher.VerifyHashedPassword(_nobody, _hash, password);
}
