namespace Tokenfall.Server.Accounts;

/// <summary>How many wrong passwords close an account, and for how long.</summary>
internal static class Lockout
{
    /// <summary>How many wrong passwords close an account.</summary>
    public const int MaxTries = 5;

    /// <summary>How long it stays closed.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);
}
