namespace Tokenfall.Attacks;

/// <summary>An account of the server.</summary>
/// <param name="Email">Its address.</param>
/// <param name="Key">One of its API keys.</param>
internal sealed record Account(string Email, string Key)
{
    /// <summary>The password of all accounts.</summary>
    public const string Password = "a long one for the attacks";
}
