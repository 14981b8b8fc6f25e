namespace Tokenfall.Bench.Serve;

/// <summary>What a model behind TLS speaks. It offers nothing else, so that a client which cannot speak it fails.</summary>
internal enum TlsWire
{
    /// <summary>HTTP/1.1: a connection for each stream.</summary>
    Http1,

    /// <summary>HTTP/2: at most 100 streams share a connection, which is Kestrel's default.</summary>
    Http2,
}
