using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Serve;
using Tokenfall.Tests;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Attacks.Soak;

/// <summary>The server that is soaked: in a process of its own, with little to spare.</summary>
internal sealed class SoakServer : IAsyncDisposable
{
    /// <summary>How many runs it may have at once: few, so that a lease that is not given back is missed.</summary>
    public const int MaxRuns = 48;

    /// <summary>How many files it may have open.</summary>
    public const int MaxFiles = 1024;

    public const string Email = "ada@example.com";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-soak-");
    private readonly ReservedPort _port = new();
    private readonly Process _process;

    private SoakServer(string program, Uri model)
    {
        // The shell only redirects the output to a file; each "exec" keeps the process id.
        string[] command = [.. program.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", program] : [program], "--urls", Url.ToString()];
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec prlimit --nofile={MaxFiles} \"$0\" \"$@\" >'{LogFile}' 2>&1", .. command]) { WorkingDirectory = _folder.FullName };
        Tool.SetModel(start, model);
        foreach (var (name, value) in Settings()) start.Environment[name] = value;
        _process = Tool.Start(start);
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public int Port => _port.Address.Port;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <summary>The database of the store.</summary>
    public string Database => Path.Combine(_folder.FullName, "data", "tokenfall.db");

    /// <summary>What it wrote.</summary>
    public string Log => File.ReadAllText(LogFile);

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu => ProcessTree.Cpu(_process.Id);

    private string LogFile => Path.Combine(_folder.FullName, "output.log");

    private string Figures => Path.Combine(_folder.FullName, "figures");

    /// <summary>Starts it and waits until it accepts connections.</summary>
    /// <param name="program">Its assembly, or its executable.</param>
    /// <param name="model">The model's address.</param>
    public static async Task<SoakServer> StartAsync(string program, Uri model)
    {
        var server = new SoakServer(program, model);
        var began = Stopwatch.GetTimestamp();
        while (!File.Exists(server.Figures) || !await server._port.AcceptsAsync())
        {
            if (server._process.HasExited || Stopwatch.GetElapsedTime(began) > StartTimeout)
            {
                var log = server.Log;
                await server.DisposeAsync();
                throw new InvalidOperationException($"The server did not start. Its output:\n{log}");
            }
            await Task.Delay(PollInterval, TimeProvider.System);
        }
        return server;
    }

    /// <summary>Measures it.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public SoakSample Sample()
    {
        if (_process.HasExited) throw new InvalidOperationException($"The server has ended with {_process.ExitCode}. Its output:\n{Log}");
        var figures = File.ReadAllText(Figures).Split(' ').Select(figure => long.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new(
            default, ProcFiles.Rss(_process.Id), figures[2], Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Count(),
            Directory.EnumerateDirectories($"/proc/{_process.Id}/task").Count(), (int)figures[0], (int)figures[1], 0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _port.Dispose();
        _folder.Delete(recursive: true);
    }

    private IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
        (StartupHook.FileVariable, Figures),
        // Collects often, so that the memory seen is what is held, not garbage. Hexadecimal: 16 MiB.
        ("DOTNET_GCgen0size", "1000000"),
        ("Tokenfall__FirstAccount__Email", Email),
        ("Tokenfall__FirstAccount__Password", Account.Password),
        ("Tokenfall__StartsPerMinute", "100000"),
        ("Tokenfall__SignInsPerMinute", "100000"),
        ("Tokenfall__Limits__MaxRuns", MaxRuns.ToString(CultureInfo.InvariantCulture)),
        ("Tokenfall__Limits__MaxRunsPerOwner", MaxRuns.ToString(CultureInfo.InvariantCulture)),
        // So short that everything that is kept for a time has gone again within a short soak, too.
        ("Tokenfall__Grace", "00:00:01"),
        ("Tokenfall__ResumeGrace", "00:00:02"),
        ("Tokenfall__Retention", "00:00:10"),
        ("Tokenfall__Upstream__FirstContentTimeout", "00:00:03"),
        ("Tokenfall__Upstream__ContentTimeout", "00:00:03"),
    ];

    private void Kill(object? sender, EventArgs e)
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }
}
