namespace Tokenfall.Server.Accounts;

/// <summary>What the sign-in form sends.</summary>
internal sealed record Credentials(string? Email, string? Password);
