namespace Tokenfall.Cli.Terminal;

/// <summary>Why TLS with a server did not come about.</summary>
internal static class TlsFailure
{
    /// <summary>Half a sentence, and what to do.</summary>
    /// <param name="failure">The handshake's exception, which tells the cases apart by its words only.</param>
    public static string Reason(Exception failure) => failure.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
        ? "its certificate is not trusted here, or is for another name (--insecure takes any)"
        : $"it does not speak TLS as this machine does ({failure.GetBaseException().Message.TrimEnd('.')}); if it speaks plain HTTP, write http://";
}
