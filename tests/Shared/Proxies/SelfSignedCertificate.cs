using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tokenfall.Tests.Proxies;

/// <summary>A certificate for 127.0.0.1 that nobody trusts but the client that is told to.</summary>
internal sealed class SelfSignedCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private SelfSignedCertificate(X509Certificate2 certificate) => _certificate = certificate;

    public static SelfSignedCertificate Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());

        var now = TimeProvider.System.GetUtcNow();
        return new SelfSignedCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1)));
    }

    /// <summary>Certificate and key, for a server in this process. Valid until this is disposed.</summary>
    public X509Certificate2 WithKey => _certificate;

    public bool Is(X509Certificate? other) => other is not null && other.GetCertHashString() == _certificate.GetCertHashString();

    public void Write(string certificateFile, string keyFile)
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(certificateFile, _certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();
}
