using Tokenfall.Tests.Proxies;
using Xunit.Abstractions;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>A real nginx with the shipped site in front of an application, on free ports of 127.0.0.1, until disposed.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(10);

    private readonly NginxPrefix _prefix = new();
    private readonly ReservedPort _http = new();
    private readonly ReservedPort _https = new();
    private readonly ITestOutputHelper? _output;
    private NginxProcess? _process;
    private string _earlierLog = "";

    private NginxServer(ITestOutputHelper? output) => _output = output;

    public Uri Http => new($"http://{_http.Address}");
    public Uri Https => new($"https://{_https.Address}");

    /// <summary>The certificate behind <see cref="Https"/>, signed by itself.</summary>
    public SelfSignedCertificate Certificate { get; } = SelfSignedCertificate.Create();

    /// <summary>What nginx has logged: errors, then requests. A failed test shows it.</summary>
    public string Log => $"{_earlierLog}{_process?.Log}\n{_prefix.AccessLog}";

    /// <summary>Starts nginx and returns once it accepts connections.</summary>
    /// <param name="upstream">The application.</param>
    /// <param name="edit">Changes the site before it is used, to plant a fault; see <see cref="NginxSite.Substitute"/>.</param>
    /// <param name="output">Gets the log when the server is disposed; the runner shows it when the test has failed.</param>
    public static async Task<NginxServer> StartAsync(
        Uri upstream, Func<string, string>? edit = null, ITestOutputHelper? output = null)
    {
        var server = new NginxServer(output);
        try
        {
            await server.RunAsync(upstream, edit ?? (site => site));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends nginx at once, with every connection through it. Its ports stay its own.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await _process.DisposeAsync();
        _earlierLog += _process.Log;
        _process = null;
    }

    /// <summary>Starts nginx again after <see cref="StopAsync"/>, at the same addresses; returns once it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        _process = new NginxProcess(_prefix);
        await AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _output?.WriteLine(Log);
        _prefix.Dispose();
        _http.Dispose();
        _https.Dispose();
        Certificate.Dispose();
    }

    private async Task RunAsync(Uri upstream, Func<string, string> edit)
    {
        var (certificateFile, keyFile) = (_prefix.FileAt("certificate.pem"), _prefix.FileAt("key.pem"));
        Certificate.Write(certificateFile, keyFile);
        _prefix.Write(edit(NginxSite.Shipped()
            .At(_http.Address, upstream)
            .WithTls(_https.Address, certificateFile, keyFile)));
        await StartAgainAsync();
    }

    private async Task AcceptAsync()
    {
        // nginx gives no sign when it is ready, so that connecting is the only way to know.
        using var deadline = new CancellationTokenSource(StartTime);
        while (!await _https.AcceptsAsync())
        {
            if (_process!.Exited.IsCompleted)
                throw new InvalidOperationException($"nginx ended instead of starting. It said:\n{Log}");
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"nginx did not accept connections within {StartTime}. It said:\n{Log}");
            await Task.Delay(BetweenAttempts, TimeProvider.System);
        }
    }
}
