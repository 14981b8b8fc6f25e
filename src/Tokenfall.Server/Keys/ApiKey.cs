using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Keys;

/// <summary>A program's key to one account. The secret itself is not kept.</summary>
internal sealed class ApiKey
{
    /// <summary>The number that the list shows and that removal takes.</summary>
    public int Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret; see <see cref="ApiKeySecret"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The last four characters of the secret, so that people can tell keys apart.</summary>
    public required string Hint { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The account it acts for.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account it acts for.</summary>
    public IdentityUser? Account { get; init; }
}
