namespace Tokenfall.Bench.Serve;

/// <summary>The protocol of a model behind TLS. It offers no other, so that a client that does not speak it fails.</summary>
internal enum TlsProtocol
{
    /// <summary>HTTP/1.1: a connection for each stream.</summary>
    Http1,

    /// <summary>HTTP/2: at most 100 streams share a connection, which is Kestrel's default.</summary>
    Http2,
}
