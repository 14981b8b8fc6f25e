using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

/// <summary>Refuses e-mail addresses that cannot be shown as they are; see <see cref="VisibleName"/>.</summary>
internal sealed class AccountNameValidator : IUserValidator<IdentityUser>
{
    private const int MaxLength = 256;

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<IdentityUser> manager, IdentityUser user) =>
        Task.FromResult(Problem(user.Email ?? "") is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "InvalidName", Description = problem })
            : IdentityResult.Success);

    private static string? Problem(string email) => email.Length > MaxLength ? $"An e-mail address has at most {MaxLength} characters." : VisibleName.Problem(email);
}
