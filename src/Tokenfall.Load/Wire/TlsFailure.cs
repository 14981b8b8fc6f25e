namespace Tokenfall.Load;

/// <summary>Explains why a TLS handshake failed.</summary>
public static class TlsFailure
{
    /// <summary>Explains a failed handshake and what to do, in half a sentence whose subject is the server.</summary>
    /// <param name="failure">The handshake's exception; only its message tells the cases apart.</param>
    /// <returns>Such as <c>its certificate is not trusted here</c>.</returns>
    public static string Reason(Exception failure) => failure.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
        ? "its certificate is not trusted here, or is for another name (--insecure accepts any)"
        : $"the TLS handshake failed ({failure.GetBaseException().Message.TrimEnd('.')}); if it speaks plain HTTP, write http://";
}
