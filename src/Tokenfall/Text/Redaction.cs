using System.Text.RegularExpressions;

namespace Tokenfall;

/// <summary>Removes secrets from what is about to be logged.</summary>
internal static partial class Redaction
{
    /// <summary>
    /// Of the source that was asked, which need not be one of the application's, and of all that are. What a chat client's key is, nobody tells: so
    /// what looks like a key is removed as well.
    /// </summary>
    public static Func<string, string> Of(IModelSource source, ModelSources? sources) =>
        text => Credentials().Replace(source.Redact(sources?.Redact(text) ?? text), "[key]");

    // Bearer tokens (RFC 6750, section 2.1), and keys as OpenAI, Anthropic, xAI, Groq, Google and this server make them.
    [GeneratedRegex(@"(?<=\bBearer )[A-Za-z0-9._~+/-]{16,}=*|\b(?:sk|xai|gsk|tfk)[-_][A-Za-z0-9_-]{16,}|\bAIza[A-Za-z0-9_-]{30,}", RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}
