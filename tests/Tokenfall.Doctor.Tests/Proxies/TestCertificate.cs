using System.Security.Cryptography.X509Certificates;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Proxies;

/// <summary>The one certificate that all hops of these tests show, and nobody else trusts.</summary>
internal static class TestCertificate
{
    private static readonly SelfSignedCertificate Certificate = SelfSignedCertificate.Create();

    public static bool Is(X509Certificate? other) => Certificate.Is(other);

    public static void Write(string certificateFile, string keyFile) => Certificate.Write(certificateFile, keyFile);

    /// <summary>With its key, for a server in this process.</summary>
    public static X509Certificate2 ForServer() => Certificate.WithKey;
}
