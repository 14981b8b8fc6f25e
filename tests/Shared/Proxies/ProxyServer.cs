using System.Diagnostics;
using Tokenfall.Tests.Processes;

namespace Tokenfall.Tests.Proxies;

/// <summary>A real proxy with its shipped configuration, or with a fault planted in it.</summary>
internal sealed class ProxyServer : IHop
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(10);

    private readonly ProxyProgram _program;
    private readonly ProxyPlace _place;
    private Func<ProcessStartInfo> _command = null!;
    private string _logBefore = "";
    private ChildProcess? _process;

    private ProxyServer(ProxyProgram program, Uri upstream) => (_program, _place) = (program, new ProxyPlace(upstream));

    public Uri Http => new($"http://{_place.Http}");
    public Uri Https => new($"https://{_place.Https}");
    public string Log => $"{_program.Name}:\n{_logBefore}{_process?.Output}";

    /// <summary>Starts a proxy and returns once it accepts connections.</summary>
    /// <param name="program">Which.</param>
    /// <param name="upstream">What it stands before.</param>
    /// <param name="edit">Plants a fault in the shipped configuration; see <see cref="Substitution"/>.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or ended instead of starting; the message holds what it said.</exception>
    public static async Task<ProxyServer> StartAsync(ProxyProgram program, Uri upstream, Func<string, string>? edit = null)
    {
        var server = new ProxyServer(program, upstream);
        try
        {
            var configuration = edit is null ? program.Shipped() : edit(program.Shipped());
            server._command = () => program.With(configuration, server._place);
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, with every connection through it. Its ports stay its own.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        await _process.DisposeAsync();
        (_logBefore, _process) = (_logBefore + _process.Output, null);
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, at the same addresses; returns once it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        _process = ChildProcess.Start(_command());
        using var deadline = new CancellationTokenSource(StartTime);
        // Connecting is the only sign that all of them give.
        while (!await _place.AcceptsAsync())
        {
            if (_process.Exited.IsCompleted) throw new InvalidOperationException($"{_program.Name} ended instead of starting. It said:\n{Log}");
            if (deadline.IsCancellationRequested) throw new TimeoutException($"{_program.Name} did not start within {StartTime}. It said:\n{Log}");
            await Task.Delay(BetweenAttempts, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            _place.Dispose();
        }
    }
}
