using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tokenfall;

/// <summary>Names a run: 128 random bits, written as 22 characters of base64url (RFC 4648, section 5).</summary>
/// <remarks>An id is a name, never an authorization: only its owner may read or stop a run.</remarks>
public readonly record struct RunId
{
    /// <summary>Length of the text form, in characters.</summary>
    public const int Length = 22;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _text;

    private RunId(string text) => _text = text;

    /// <summary>Makes a new id from the system's random number generator.</summary>
    /// <returns>The id.</returns>
    public static RunId New()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return new RunId(Base64Url.EncodeToString(bits));
    }

    /// <summary>Reads the text form. Anything but 22 characters of base64url is refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id; the default value if the text is malformed.</param>
    /// <returns>False if the text is malformed.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        // Not Base64Url.IsValid: it lets white space and padding through, and an id goes into headers.
        var valid = text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Alphabet);
        id = valid ? new RunId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}
