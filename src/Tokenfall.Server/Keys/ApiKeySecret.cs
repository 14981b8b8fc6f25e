using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tokenfall.Server.Keys;

/// <summary>
/// The secret part of a key: <c>tfk_</c> and 256 random bits in base64url. The prefix lets secret scanners find a leaked one.
/// </summary>
internal static class ApiKeySecret
{
    private const string Prefix = "tfk_";

    /// <summary>Creates a new secret.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// Hashes a secret for storage. One round of SHA-256 is right here, unlike for a password: nobody can guess 256 random bits,
    /// so a slow hash would protect nothing and cost every request. Looking a hash up in an index leaks no secret by its timing either.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
