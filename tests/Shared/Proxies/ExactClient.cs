using System.Net;

namespace Tokenfall.Tests.Proxies;

/// <summary>A client that speaks exactly one protocol, to a server with the <see cref="TestCertificate"/>, and shows what comes as it came.</summary>
internal static class ExactClient
{
    /// <summary>Follows no redirect, keeps no cookie and decompresses nothing.</summary>
    public static HttpClient To(Uri address, Version version)
    {
        // Without a drain, leaving a stream closes its connection at once, as a browser does.
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.Is(certificate);
        return new HttpClient(handler)
        {
            BaseAddress = address,
            DefaultRequestVersion = version,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }
}
