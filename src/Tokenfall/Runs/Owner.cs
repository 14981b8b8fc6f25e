namespace Tokenfall;

/// <summary>Names of owners that are not accounts.</summary>
public static class Owner
{
    /// <summary>Everybody who is not signed in, together.</summary>
    public const string Anonymous = "anonymous";
}
