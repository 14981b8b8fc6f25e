using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

internal static class IdentityResultExtensions
{
    /// <summary>The descriptions of all errors.</summary>
    public static string Messages(this IdentityResult result) => string.Join(' ', result.Errors.Select(error => error.Description));
}
