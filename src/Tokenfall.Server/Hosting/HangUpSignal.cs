using System.Runtime.InteropServices;

namespace Tokenfall.Server.Hosting;

/// <summary>SIGHUP, which a terminal sends when it is closed, drains the server as SIGTERM does. Under <c>nohup</c> it stays ignored.</summary>
internal sealed class HangUpSignal(IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Windows ends the process when its window is closed, whatever it answers.
        if (OperatingSystem.IsWindows() || IsIgnored()) return Task.CompletedTask;
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            lifetime.StopApplication();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();

    // A bit mask in hexadecimal; signal 1 is its lowest bit (proc(5)).
    private static bool IsIgnored() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && "13579bdf".Contains(mask[^1], StringComparison.Ordinal);
}
