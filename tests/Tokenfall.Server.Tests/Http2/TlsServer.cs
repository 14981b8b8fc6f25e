using System.Globalization;
using Tokenfall.Tests.Processes;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Server.Tests.Http2;

/// <summary>The built server as it is, with a certificate; and an honest client beside whatever the tests do to it.</summary>
public sealed class TlsServer : IAsyncLifetime, IDisposable
{
    private readonly ServerFolder _folder = new();
    private ChildProcess? _process;
    private HttpClient? _honest;

    public Uri Address { get; private set; } = null!;

    /// <summary>What it wrote.</summary>
    public string Output => _process!.Output;

    /// <summary>How much memory it has, in MiB.</summary>
    public long MemoryMiB() => long.Parse(
        File.ReadLines($"/proc/{_process!.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;

    public async Task InitializeAsync()
    {
        var (certificate, key) = (Path.Combine(_folder.Path, "cert.pem"), Path.Combine(_folder.Path, "key.pem"));
        TestCertificate.Write(certificate, key);
        (_process, Address) = await _folder.ListenAsync(new()
        {
            ["Tokenfall__Model"] = "demo",
            ["Kestrel__Certificates__Default__Path"] = certificate,
            ["Kestrel__Certificates__Default__KeyPath"] = key,
        }, "--urls", "https://127.0.0.1:0");
        _honest = NewClient();
        await AssertServesAsync();
    }

    public async Task DisposeAsync()
    {
        _honest?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Honest requests are answered, on the connection that was there before as well as on a new one; and nothing was logged.</summary>
    internal async Task AssertServesAsync()
    {
        using var other = NewClient();
        foreach (var client in new[] { _honest!, other })
            Assert.Contains("csrfToken", await client.GetStringAsync("/account/session").Soon(), StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", Output, StringComparison.Ordinal);
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.Is(certificate) },
    })
    {
        BaseAddress = Address,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}

/// <summary>The tests that share it, one after the other.</summary>
[CollectionDefinition(nameof(TlsServer))]
public sealed class TlsServerGroup : ICollectionFixture<TlsServer>;
