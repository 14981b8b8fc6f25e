using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

internal static class IdentityResultExtensions
{
    /// <summary>What was wrong, in words.</summary>
    public static string Words(this IdentityResult result) => string.Join(' ', result.Errors.Select(error => error.Description));
}
