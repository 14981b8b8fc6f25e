using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts.Passwords;

/// <summary>Refuses passwords that are guessed first, whatever characters they are composed of (NIST SP 800-63B, 3.1.1.2).</summary>
internal sealed class PasswordRules : IPasswordValidator<IdentityUser>
{
    // Shorter ones are found in too many words.
    private const int MinWord = 3;

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<IdentityUser> manager, IdentityUser user, string? password) =>
        Task.FromResult(Problem(password ?? "", user.Email ?? "") is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "GuessablePassword", Description = problem })
            : IdentityResult.Success);

    private static string? Problem(string password, string email)
    {
        const string Instead = " Choose several words that do not belong together, or a random one.";
        if (CommonPasswords.Contains(password)) return "This password is one of the commonest, or one of them with digits added." + Instead;
        if (PasswordPatterns.IsRepeated(password)) return "This password repeats itself." + Instead;
        if (PasswordPatterns.IsSequence(password)) return "This password is a sequence of characters that follow each other." + Instead;
        if (PasswordPatterns.IsMadeOf(password, Known(email))) return "This password is made of the e-mail address or of the name of this product." + Instead;
        return null;
    }

    private static IEnumerable<string> Known(string email) =>
        email.Split('@', '.', '-', '_', '+').Append(email).Append("tokenfall").Where(word => word.Length >= MinWord);
}
