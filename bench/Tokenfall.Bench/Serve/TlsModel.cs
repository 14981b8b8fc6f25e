using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Bench.Serve;

/// <summary>
/// A model with numbered tokens, as <see cref="NumbersModel"/>, behind TLS, where HTTP/2 can be negotiated. It has its own certificate.
/// </summary>
internal static class TlsModel
{
    /// <param name="protocol">Its protocol.</param>
    /// <param name="tokens">How many tokens an answer has.</param>
    /// <param name="perSecond">How many it sends per second.</param>
    /// <param name="certificate">The file to write the certificate to, as PEM.</param>
    public static string[] Arguments(TlsProtocol protocol, int tokens, int perSecond, string certificate) =>
        ["tls", $"{protocol}", tokens.ToString(CultureInfo.InvariantCulture), perSecond.ToString(CultureInfo.InvariantCulture), certificate];

    /// <param name="args">The result of <see cref="Arguments"/>, without the first.</param>
    public static WebApplication Build(string[] args)
    {
        var (protocol, tokens, perSecond) = (Enum.Parse<TlsProtocol>(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        var certificate = TestCertificate.ForServer();
        File.WriteAllText(args[3], certificate.ExportCertificatePem());
        var builder = TokenfallServer.Bare();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocol == TlsProtocol.Http1 ? HttpProtocols.Http1 : HttpProtocols.Http2;
            listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.MapPost("/v1/messages", context => PacedAnswer.WriteAsync(context, tokens, perSecond));
        return app;
    }
}
