using System.Diagnostics;
using System.Net;
using Tokenfall.Bench.Measure;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Bench.Compare;

/// <summary>A running contender, alone on its core unless it may use all.</summary>
internal sealed class ContenderProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-bench-");
    private readonly ReservedPort _port = new();
    private readonly Contender _contender;
    private readonly Process? _process;

    private ContenderProcess(Contender contender, Uri upstream, bool allCores, string? trusts)
    {
        _contender = contender;
        EndPoint = _port.Address;
        if (contender.Command(EndPoint.Port, upstream, _folder.FullName) is not { } command)
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, upstream.Port);
            return;
        }
        if (trusts is not null) command.Environment["SSL_CERT_FILE"] = trusts;
        // The shell only redirects the output to a file: a pipe would have to be read on the load's core. Each "exec" keeps the process id.
        string[] arguments = ["-c", $"exec taskset -c {(allCores ? CorePinning.All : $"{CorePinning.Contender}")} \"$0\" \"$@\" >'{LogFile}' 2>&1", command.FileName, .. command.ArgumentList];
        command.FileName = "/bin/sh";
        command.ArgumentList.Clear();
        foreach (var argument in arguments) command.ArgumentList.Add(argument);
        _process = Tool.Start(command);
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Processor time so far, user and kernel, of all its processes.</summary>
    public TimeSpan Cpu => _process is null ? TimeSpan.Zero : ProcessTree.Cpu(_process.Id);

    /// <summary>Resident memory of all its processes, in bytes.</summary>
    public long Rss => _process is null ? 0 : ProcessTree.Rss(_process.Id);

    private string LogFile => Path.Combine(_folder.FullName, "output.log");

    /// <summary>Starts a contender and waits until it accepts connections.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="upstream">The model's address.</param>
    /// <param name="allCores">Whether it may use every core.</param>
    /// <param name="trusts">A file with the model's certificate; null without TLS.</param>
    /// <exception cref="InvalidOperationException">It did not start; the message has its output.</exception>
    public static async Task<ContenderProcess> StartAsync(Contender contender, Uri upstream, bool allCores = false, string? trusts = null)
    {
        var started = new ContenderProcess(contender, upstream, allCores, trusts);
        try
        {
            await started.ListensAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(null, EventArgs.Empty);
        if (_process is not null) await _process.WaitForExitAsync();
        _process?.Dispose();
        _port.Dispose();
        _folder.Delete(recursive: true);
    }

    // Contenders share no way to say that they listen, so try to connect.
    private async Task ListensAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (_process is not null && !await _port.AcceptsAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > StartTimeout)
                throw new InvalidOperationException($"{_contender.Title} did not start. Its output:\n{await File.ReadAllTextAsync(LogFile)}");
            await Task.Delay(PollInterval, TimeProvider.System);
        }
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
    }
}
