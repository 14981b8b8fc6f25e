using System.Diagnostics;

namespace Tokenfall.Tests.Proxies;

/// <summary>One running proxy.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    /// <param name="info">How to start it.</param>
    /// <param name="hear">Gets each line that it says, on threads of the pool.</param>
    public ProxyProcess(ProcessStartInfo info, Action<string> hear)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        _process = Process.Start(info)!;
        _process.OutputDataReceived += Add;
        _process.ErrorDataReceived += Add;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Exited = _process.WaitForExitAsync();

        void Add(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null) hear(line.Data);
        }
    }

    /// <summary>Completes when it has ended, and all that it said has been heard.</summary>
    public Task Exited { get; }

    /// <summary>Ends it at once, with every connection through it.</summary>
    /// <exception cref="TimeoutException">It did not end by itself; it was killed.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await EndAsync();
        }
        finally
        {
            _process.Dispose();
        }
    }

    private async Task EndAsync()
    {
        if (_process.HasExited) return;
        // The shell's own kill: there is no other way to a signal that works without further packages.
        using (var signal = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]))
            await signal.WaitForExitAsync();
        try
        {
            await Exited.WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
            throw new TimeoutException($"{_process.StartInfo.FileName} did not stop within {StopTime} and was killed.");
        }
    }
}
