using System.Net;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>The protocol of a connection.</summary>
internal enum Wire
{
    Http1,
    Http1Tls,
    Http2Tls,
}

/// <summary>One way to request a stream. Hops treat each differently: a path that works in one variant may be broken in the next.</summary>
/// <param name="Wire">Protocol and transport.</param>
/// <param name="Coding">The only content coding that is accepted: <c>identity</c>, <c>gzip</c> or <c>br</c>.</param>
/// <param name="Method">GET or POST.</param>
internal sealed record ProbeVariant(Wire Wire, string Coding, string Method)
{
    public static readonly string[] Codings = ["identity", "gzip", "br"];

    public Version Version => Wire == Wire.Http2Tls ? HttpVersion.Version20 : HttpVersion.Version11;

    /// <summary>Every variant that a URL of this scheme allows.</summary>
    public static IEnumerable<ProbeVariant> AllFor(Uri url) =>
        from wire in WiresFor(url)
        from coding in Codings
        from method in (string[])["GET", "POST"]
        select new ProbeVariant(wire, coding, method);

    /// <summary>The variant for probes that measure something other than arrival.</summary>
    public static ProbeVariant PlainFor(Uri url) => new(WiresFor(url)[0], "identity", "GET");

    public override string ToString() => $"{WireName(Wire)} {Coding} {Method}";

    public static string WireName(Wire wire) => wire switch
    {
        Wire.Http1 => "HTTP/1.1",
        Wire.Http1Tls => "HTTP/1.1+TLS",
        _ => "HTTP/2+TLS",
    };

    private static Wire[] WiresFor(Uri url) => url.Scheme == Uri.UriSchemeHttps ? [Wire.Http1Tls, Wire.Http2Tls] : [Wire.Http1];
}
