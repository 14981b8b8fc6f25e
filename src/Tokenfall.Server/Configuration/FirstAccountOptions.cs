namespace Tokenfall.Server.Configuration;

/// <summary>The account that is made at the first start, when there is none yet. Both or neither are set.</summary>
internal sealed class FirstAccountOptions
{
    /// <summary>The e-mail address to sign in with.</summary>
    /// <value>The default value is <see langword="null"/>: no account is made.</value>
    public string? Email { get; set; }

    /// <summary>Its password, used once: a password that was changed later is never put back.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Password { get; set; }
}
