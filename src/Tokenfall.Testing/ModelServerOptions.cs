namespace Tokenfall.Testing;

/// <summary>The settings of a <see cref="ModelServer"/>.</summary>
public sealed record ModelServerOptions
{
    /// <summary>The TCP port on 127.0.0.1.</summary>
    /// <value>Default: 0, any free port. Ignored in memory.</value>
    public int Port { get; init; }

    /// <summary>
    /// Whether it speaks only HTTP/2 without TLS, where many streams share a connection, as with a real provider. Clients need prior
    /// knowledge (RFC 9113, section 3.3), for example by <see cref="HttpVersionPolicy.RequestVersionExact"/>.
    /// </summary>
    /// <value>Default: false, HTTP/1.1.</value>
    public bool Http2 { get; init; }

    /// <summary>The API key that requests must have, as <c>x-api-key</c> or as <c>Authorization: Bearer</c>; others get a 401.</summary>
    /// <value>Default: none, every request is accepted.</value>
    public string? ApiKey { get; init; }

    /// <summary>The clock of delays, rates and records.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether to record calls in <see cref="ModelServer.Calls"/>. Switch it off for a server that runs long.</summary>
    /// <value>Default: true.</value>
    public bool RecordCalls { get; init; } = true;
}
