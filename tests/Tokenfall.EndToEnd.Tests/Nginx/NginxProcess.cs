using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>One running nginx: its master process, and what it said on its standard error.</summary>
internal sealed class NginxProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly NginxPrefix _prefix;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _master;

    public NginxProcess(NginxPrefix prefix)
    {
        _prefix = prefix;
        _master = Start();
        _master.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) _log.Enqueue(line.Data);
        };
        _master.BeginErrorReadLine();
    }

    public Task Exited => _master.WaitForExitAsync();

    public string Log => string.Join('\n', _log);

    public async ValueTask DisposeAsync()
    {
        if (!_master.HasExited)
        {
            using var stop = Start("-s", "stop");
            await stop.WaitForExitAsync();
            await EndAsync();
        }

        _master.Dispose();
    }

    private async Task EndAsync()
    {
        try
        {
            await Exited.WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            _master.Kill(entireProcessTree: true);
            await Exited;
            throw new TimeoutException($"nginx did not stop within {StopTime} and was killed. It said:\n{Log}");
        }
    }

    private Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Find(), ["-p", _prefix.Folder, "-c", _prefix.ConfigurationFile, "-e", "stderr", .. arguments])
        {
            RedirectStandardError = true,
        })!;

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin"])
            .Select(folder => Path.Combine(folder, "nginx"))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("nginx was not found. Run ./test, which installs it, or install nginx yourself.");
}
