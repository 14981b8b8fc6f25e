using System.Diagnostics;
using System.Text;

namespace Tokenfall.Server.Tests.Support;

/// <summary>The real program in a process of its own, with no setting inherited from whoever runs the tests.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The last line of the welcome.
    private const string ReadyWords = "Tokenfall is ready: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo info)
    {
        _process = new Process { StartInfo = info };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote so far, to both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Its working directory and content root; data goes to <c>data</c> below.</param>
    /// <param name="settings">Environment variables.</param>
    public static ServerProcess Start(TempFolder folder, Dictionary<string, string> settings, params string[] args)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(IsSetting).ToList()) info.Environment.Remove(name);
        // Where user secrets would be found.
        info.Environment["HOME"] = info.Environment["APPDATA"] = folder.Path;
        foreach (var (name, value) in settings) info.Environment[name] = value;
        info.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var arg in args) info.ArgumentList.Add(arg);
        return new ServerProcess(info);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code and everything it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(
        TempFolder folder, Dictionary<string, string> settings, string input, params string[] args)
    {
        await using var process = Start(folder, settings, args);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await process._process.WaitForExitAsync(patience.Token);
        return (process._process.ExitCode, process.Output);
    }

    /// <summary>Waits until it listens.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> ReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var exit = _process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(_ready.Task, exit) == exit) throw new InvalidOperationException($"The server ended:\n{Output}");
        return await _ready.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ANTHROPIC_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("TOKENFALL", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_URLS", StringComparison.OrdinalIgnoreCase);

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (line.StartsWith(ReadyWords, StringComparison.Ordinal)) _ready.TrySetResult(new Uri(line[ReadyWords.Length..]));
    }
}
