using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>A real nginx with the shipped site in front of an application, on free ports of 127.0.0.1, until disposed.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly ProxyServer _proxy;
    private readonly ITestOutputHelper? _output;

    private NginxServer(ProxyServer proxy, ITestOutputHelper? output) => (_proxy, _output) = (proxy, output);

    public Uri Http => _proxy.Http;

    /// <summary>With the <see cref="TestCertificate"/>.</summary>
    public Uri Https => _proxy.Https;

    /// <summary>What nginx has logged: errors and requests. A failed test shows it.</summary>
    public string Log => _proxy.Log;

    /// <summary>Starts nginx and returns once it accepts connections.</summary>
    /// <param name="upstream">The application.</param>
    /// <param name="edit">Changes the site before it is used, to plant a fault; see <see cref="Substitution"/>.</param>
    /// <param name="output">Gets the log when the server is disposed; the runner shows it when the test has failed.</param>
    public static async Task<NginxServer> StartAsync(
        Uri upstream, Func<string, string>? edit = null, ITestOutputHelper? output = null) =>
        new(await ProxyServer.StartAsync(new NginxProgram(), upstream, edit), output);

    /// <summary>Ends nginx at once, with every connection through it. Its ports stay its own.</summary>
    public Task StopAsync() => _proxy.StopAsync();

    /// <summary>Starts nginx again after <see cref="StopAsync"/>, at the same addresses; returns once it accepts connections.</summary>
    public Task StartAgainAsync() => _proxy.StartAgainAsync();

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _output?.WriteLine(Log);
    }
}
