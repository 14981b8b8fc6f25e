using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Keys;

/// <summary>A key by which a program acts as one account. The secret itself is not stored.</summary>
internal sealed class ApiKey
{
    /// <summary>The number that identifies it in lists and commands.</summary>
    public int Id { get; init; }

    /// <summary>The name that its owner gave it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret; see <see cref="ApiKeySecret"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The last four characters of the secret, so that people can tell keys apart.</summary>
    public required string Hint { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of the account that it acts as.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account that it acts as.</summary>
    public IdentityUser? Account { get; init; }
}
