namespace Tokenfall.Tests.Proxies;

/// <summary>One server on the way from a reader to the application, on free ports of 127.0.0.1, until disposed.</summary>
internal interface IHop : IAsyncDisposable
{
    Uri Http { get; }

    /// <summary>Speaks HTTP/1.1 and HTTP/2, with the <see cref="TestCertificate"/>.</summary>
    Uri Https { get; }

    /// <summary>What it has said; for a test that failed.</summary>
    string Log { get; }
}
