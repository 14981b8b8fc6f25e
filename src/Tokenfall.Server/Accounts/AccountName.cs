using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Accounts;

/// <summary>The e-mail address of a new account. One that is there already stays as it is.</summary>
internal static class AccountName
{
    private const int MaxLength = 256;

    /// <summary>Refuses an address that cannot be shown as it is; see <see cref="VisibleName"/>.</summary>
    /// <exception cref="StartupException">The address is refused; the message says why.</exception>
    public static void Require(string email)
    {
        var problem = email.Length > MaxLength ? $"An e-mail address has at most {MaxLength} characters." : VisibleName.Problem(email);
        if (problem is not null) throw new StartupException(problem);
    }
}
