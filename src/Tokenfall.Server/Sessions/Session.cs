using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Sessions;

/// <summary>
/// A person signed in with one browser. The cookie names it by a secret that is not stored here. It is valid until it expires, as long as
/// its account is there and enabled, and has the password by which the person signed in.
/// </summary>
internal sealed class Session
{
    /// <summary>How long it is valid from its sign-in, or from when it was renewed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>The number that identifies it within the server.</summary>
    public int Id { get; init; }

    /// <summary>SHA-256 of the secret in the cookie.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The account's stamp at sign-in, which changes with its password.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>When it was created, or last renewed.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it ends unless it is renewed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The id of the account that is signed in.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account that is signed in.</summary>
    public IdentityUser? Account { get; init; }
}
