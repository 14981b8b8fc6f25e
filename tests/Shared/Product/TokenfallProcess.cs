using System.Diagnostics;
using Tokenfall.Tests.Processes;

namespace Tokenfall.Tests.Product;

/// <summary>The server as it is shipped, in a process of its own, on a free port of 127.0.0.1, until disposed.</summary>
internal sealed class TokenfallProcess : IAsyncDisposable
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery";

    // The last line of the welcome.
    private const string ReadyWords = "Tokenfall is ready: ";

    // Against a hang only: many servers may start at once on a busy machine.
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);

    private readonly ServerFolder _folder = new();
    private readonly Dictionary<string, string> _settings;
    private string _logBefore = "";
    private ChildProcess _process;

    private TokenfallProcess(Dictionary<string, string> settings)
    {
        _settings = settings;
        _process = Run("http://127.0.0.1:0");
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it wrote so far, to both streams.</summary>
    public string Log => _logBefore + _process.Output;

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
        var info = _folder.Command(_settings, "key", "add", "test", "--account", Email);
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        using var command = Process.Start(info)!;
        var (key, words) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return command.ExitCode == 0
            ? (await key).Trim()
            : throw new InvalidOperationException($"\"key add\" ended with {command.ExitCode}:\n{await key}{await words}");
    }

    /// <summary>Completes once it has written these words, now or earlier.</summary>
    public Task SaysAsync(string words) => _process.LineAsync(line => line.Contains(words, StringComparison.Ordinal), StartTime);

    /// <inheritdoc cref="ChildProcess.SignalAsync"/>
    public Task SignalAsync(string name) => _process.SignalAsync(name);

    /// <summary>Kills the process, and starts it again with the same address and data: a crash, and a service manager that notices.</summary>
    public async Task RestartAsync()
    {
        await SignalAsync("KILL");
        await _process.Exited;
        _logBefore = Log;
        await _process.DisposeAsync();
        _process = Run(Address.GetLeftPart(UriPartial.Authority));
        await ReadyAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public Task<int> ExitAsync(TimeSpan patience) => _process.Exited.WaitAsync(patience);

    /// <summary>Ends the process as a service manager would, and removes its data.</summary>
    /// <exception cref="TimeoutException">It did not end by itself; it was killed.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.DisposeAsync();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private ChildProcess Run(string url) => ChildProcess.Start(_folder.Command(_settings, "--urls", url));

    private async Task ReadyAsync()
    {
        var line = await _process.LineAsync(line => line.StartsWith(ReadyWords, StringComparison.Ordinal), StartTime);
        Address = new Uri(line[ReadyWords.Length..]);
    }
}
