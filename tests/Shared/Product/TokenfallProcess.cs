using System.Diagnostics;
using System.Text;

namespace Tokenfall.Tests.Product;

/// <summary>The server as it is shipped, in a process of its own, on a free port of 127.0.0.1, until disposed.</summary>
internal sealed class TokenfallProcess : IAsyncDisposable
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery";

    // The last line of the welcome.
    private const string ReadyWords = "Tokenfall is ready: ";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(15);

    private readonly ServerFolder _folder = new();
    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _log = new();
    private readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];
    private TaskCompletionSource<Uri> _ready = null!;
    private Process _process = null!;

    private TokenfallProcess(Dictionary<string, string> settings)
    {
        _settings = settings;
        Run("http://127.0.0.1:0");
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it wrote so far, to both streams.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts the server and returns once it listens.</summary>
    /// <param name="model">The model API to ask.</param>
    /// <param name="settings">Further environment variables.</param>
    public static async Task<TokenfallProcess> StartAsync(Uri model, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["ANTHROPIC_API_KEY"] = "test-key",
            ["ANTHROPIC_BASE_URL"] = model.ToString(),
            ["Tokenfall__FirstAccount__Email"] = Email,
            ["Tokenfall__FirstAccount__Password"] = Password,
        };
        foreach (var (name, value) in settings)
            environment[name] = value;

        var server = new TokenfallProcess(environment);
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an API key with the server's own command.</summary>
    public async Task<string> AddKeyAsync()
    {
        using var command = Process.Start(_folder.Command(_settings, "key", "add", "test", "--account", Email))!;
        var (key, words) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return command.ExitCode == 0
            ? (await key).Trim()
            : throw new InvalidOperationException($"\"key add\" ended with {command.ExitCode}:\n{await key}{await words}");
    }

    /// <summary>Completes once it has written these words, now or earlier.</summary>
    public Task SaysAsync(string words)
    {
        lock (_log)
        {
            if (_log.ToString().Contains(words, StringComparison.Ordinal))
                return Task.CompletedTask;
            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((words, said));
            return said.Task.WaitAsync(StartTime);
        }
    }

    /// <summary>Sends a signal: <c>TERM</c>, <c>INT</c>, <c>KILL</c>.</summary>
    public async Task SignalAsync(string name)
    {
        // The shell's own kill: there is no other way to a signal that works without further packages.
        using var signal = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);
        await signal.WaitForExitAsync();
    }

    /// <summary>Kills the process, and starts it again with the same address and data: a crash, and a service manager that notices.</summary>
    public async Task RestartAsync()
    {
        await SignalAsync("KILL");
        await _process.WaitForExitAsync();
        _process.Dispose();
        Run(Address.GetLeftPart(UriPartial.Authority));
        await ReadyAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync().WaitAsync(patience);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as a service manager would, and removes its data.</summary>
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
            _folder.Dispose();
        }
    }

    private void Run(string url)
    {
        _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = _folder.Command(_settings, "--urls", url) };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task ReadyAsync()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_ready.Task, ended).WaitAsync(StartTime) == ended)
            throw new InvalidOperationException($"The server ended instead of starting. It said:\n{Log}");
        Address = await _ready.Task;
    }

    private async Task EndAsync()
    {
        if (_process.HasExited)
            return;
        await SignalAsync("TERM");
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            throw new TimeoutException($"The server did not stop within {StopTime} and was killed. It said:\n{Log}");
        }
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (_log)
        {
            _log.AppendLine(line);
            _awaited.RemoveAll(wait => line.Contains(wait.Words, StringComparison.Ordinal) && wait.Said.TrySetResult());
        }

        if (line.StartsWith(ReadyWords, StringComparison.Ordinal))
            _ready.TrySetResult(new Uri(line[ReadyWords.Length..]));
    }
}
