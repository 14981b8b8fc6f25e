using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tokenfall.Doctor.Tests.Proxies;

/// <summary>A real proxy with its shipped configuration, or with a fault planted in it.</summary>
internal sealed class ProxyProcess : IHop
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    private readonly ProxyProgram _program;
    private readonly ProxyPlace _place;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    private ProxyProcess(ProxyProgram program, string configuration, ProxyPlace place)
    {
        (_program, _place) = (program, place);
        _process = program.Start(program.Prepare(configuration, place), place);
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Http => new($"http://{_place.Http}");
    public Uri Https => new($"https://{_place.Https}");
    public string Log => $"{_program.Name}:\n{string.Join('\n', _log)}";

    /// <summary>Starts a proxy and returns once it accepts connections.</summary>
    /// <param name="program">Which.</param>
    /// <param name="upstream">What it stands before.</param>
    /// <param name="edit">Plants a fault in the shipped configuration.</param>
    public static async Task<ProxyProcess> StartAsync(ProxyProgram program, Uri upstream, Func<string, string>? edit = null)
    {
        var configuration = program.Shipped();
        if (edit is not null) configuration = edit(configuration);
        var place = new ProxyPlace(upstream);
        try
        {
            var proxy = new ProxyProcess(program, configuration, place);
            try
            {
                await proxy.ReadyAsync();
                return proxy;
            }
            catch
            {
                await proxy.EndAsync();
                throw;
            }
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _place.Dispose();
    }

    // Connecting is the only sign that all of them give.
    private async Task ReadyAsync()
    {
        using var deadline = new CancellationTokenSource(StartTime);
        while (!await _place.AcceptsAsync())
        {
            if (_process.HasExited) throw new InvalidOperationException($"{_program.Name} ended instead of starting. It said:\n{Log}");
            if (deadline.IsCancellationRequested) throw new TimeoutException($"{_program.Name} did not start within {StartTime}. It said:\n{Log}");
            await Task.Delay(BetweenAttempts, TimeProvider.System);
        }
    }

    private async Task EndAsync()
    {
        if (!_process.HasExited)
        {
            using (var signal = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]))
                await signal.WaitForExitAsync();
            try
            {
                await _process.WaitForExitAsync().WaitAsync(StopTime);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is not null) _log.Enqueue(line);
    }
}
