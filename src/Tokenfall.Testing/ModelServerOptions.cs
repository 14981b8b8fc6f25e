namespace Tokenfall.Testing;

/// <summary>How a <see cref="ModelServer"/> is started.</summary>
public sealed record ModelServerOptions
{
    /// <summary>TCP port on 127.0.0.1.</summary>
    /// <value>Default: 0, any free port. Ignored in memory.</value>
    public int Port { get; init; }

    /// <summary>
    /// Whether it speaks HTTP/2 without TLS, and nothing else: many streams share a connection, as they do with a real provider. Clients
    /// must know it beforehand (RFC 9113, section 3.3), such as by <see cref="HttpVersionPolicy.RequestVersionExact"/>.
    /// </summary>
    /// <value>Default: false, HTTP/1.1.</value>
    public bool Http2 { get; init; }

    /// <summary>The key that requests must bring, as <c>x-api-key</c> or as <c>Authorization: Bearer</c>; others get a 401.</summary>
    /// <value>Default: none, every request is welcome.</value>
    public string? ApiKey { get; init; }

    /// <summary>The clock of delays, paces and records.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether <see cref="ModelServer.Calls"/> is kept. Switch it off when a server runs for long.</summary>
    /// <value>Default: true.</value>
    public bool RecordCalls { get; init; } = true;
}
