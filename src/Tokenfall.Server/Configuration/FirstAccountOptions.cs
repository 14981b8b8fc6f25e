namespace Tokenfall.Server.Configuration;

/// <summary>The account to create at the first start, when there is none yet. Set both or neither.</summary>
internal sealed class FirstAccountOptions
{
    /// <summary>The e-mail address to sign in with.</summary>
    /// <value>The default value is <see langword="null"/>: no account is created.</value>
    public string? Email { get; set; }

    /// <summary>Its initial password. A password that was changed later is never reset to it.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Password { get; set; }
}
