using System.Diagnostics;
using System.Globalization;
using System.Net;
using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Serve;

/// <summary>A server in a process of its own, so that its memory and its processor time are its own.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HttpClient _http;

    private ChildServer(Process process, Uri url)
    {
        _process = process;
        Url = url;
        _http = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Url.Port);

    /// <summary>Processor time so far, user and kernel.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The same plus that of this process, where the readers are: what the load costs while the child is the model.</summary>
    public TimeSpan CpuWithReaders => Cpu + Environment.CpuUsage.TotalTime;

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="args">What to serve; see <see cref="ServeCommand"/>.</param>
    public static async Task<ChildServer> StartAsync(params string[] args)
    {
        var process = Process.Start(Command(args))!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Timeout, TimeProvider.System);
            if (line?.StartsWith(ServeCommand.ReadyPrefix, StringComparison.Ordinal) == true)
                return new ChildServer(process, new Uri(line[ServeCommand.ReadyPrefix.Length..]));
            throw new InvalidOperationException($"The server for {args[0]} did not start; its output: {line ?? "none"}. Its errors are above.");
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>How many runs are alive.</summary>
    public async Task<int> RunsAsync() => int.Parse(await _http.GetStringAsync(ControlEndpoints.Runs), CultureInfo.InvariantCulture);

    /// <summary>How many bytes of managed memory it has allocated so far.</summary>
    public async Task<long> AllocatedAsync() => long.Parse(await _http.GetStringAsync(ControlEndpoints.Allocated), CultureInfo.InvariantCulture);

    /// <summary>Lets <see cref="TickSource"/> begin.</summary>
    public async Task GoAsync()
    {
        using var answer = await _http.PostAsync(ControlEndpoints.Go, null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Starts a run that nobody reads yet.</summary>
    /// <returns>The path at which to read it.</returns>
    public Task<string> StartRunAsync(string prompt) => Requests.StartRunAsync(_http, prompt);

    /// <summary>Measures its memory, before and after a full collection.</summary>
    public async Task<ServerMemory> MeasureMemoryAsync()
    {
        var rss = ProcFiles.Rss(_process.Id);
        using var answer = await _http.PostAsync(ControlEndpoints.Collect, null);
        var heap = long.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
        return new ServerMemory(rss, ProcFiles.Rss(_process.Id), heap, ProcFiles.SocketSlab());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await EndAsync(_process);
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static ProcessStartInfo Command(string[] args)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        string[] serve = [host, typeof(ChildServer).Assembly.Location, "serve", .. args];
        // When the load is pinned to its core, a server under test runs on the contender's; a model stays with the load.
        if (CorePinning.IsPinned && args[0] is not ("model" or "numbers" or "tls" or "attacked")) serve = ["taskset", "-c", $"{CorePinning.Contender}", .. serve];
        var command = new ProcessStartInfo(serve[0], serve[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        DeveloperSettings.RemoveFrom(command);
        return command;
    }
}
