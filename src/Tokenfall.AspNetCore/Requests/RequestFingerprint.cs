using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Tells a repeated request from another one.</summary>
internal static class RequestFingerprint
{
    /// <summary>A hash of the address and of what was asked.</summary>
    public static string Of(HttpRequest request, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.PathBase}{request.Path.Value?.TrimEnd('/')}{request.QueryString}\n"));
        hash.AppendData(content);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
