using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tokenfall.Tests.Proxies;

/// <summary>The one certificate for 127.0.0.1 that all hops of a test run show, and nobody trusts but the client that is told to.</summary>
internal static class TestCertificate
{
    private static readonly X509Certificate2 Certificate = Create();

    /// <summary>With its key, for a server in this process.</summary>
    public static X509Certificate2 ForServer() => Certificate;

    public static bool Is(X509Certificate? other) => other is not null && other.GetCertHashString() == Certificate.GetCertHashString();

    public static void Write(string certificateFile, string keyFile)
    {
        using var key = Certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(certificateFile, Certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());

        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
