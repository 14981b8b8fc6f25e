using System.Diagnostics;
using Tokenfall.Tests.Processes;

namespace Tokenfall.Tests.Product;

/// <summary>A folder of its own for one server, and the built program in it, with no setting inherited from the environment of the tests.</summary>
internal sealed class ServerFolder : IDisposable
{
    public const string AnyPort = "http://127.0.0.1:0";

    // The last line of the welcome.
    private const string ReadyWords = "Tokenfall is ready: ";

    // Against a hang only: many servers may start at once on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string[] Settings = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "ANTHROPIC_", "TOKENFALL"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-server-");

    /// <summary>The working directory.</summary>
    public string Path => _folder.FullName;

    /// <summary>Where the server keeps its data unless a setting says otherwise.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>How many files the program may have open, of Linux; as many as the tests by default.</summary>
    public int? MaxFiles { get; init; }

    /// <summary>Starts the program.</summary>
    /// <param name="settings">Environment variables.</param>
    public ChildProcess Start(Dictionary<string, string> settings, params string[] arguments) =>
        ChildProcess.Start(Command(settings, arguments));

    /// <summary>Starts the program, and returns once it listens.</summary>
    /// <returns>It, and its address.</returns>
    public async Task<(ChildProcess Process, Uri Address)> ListenAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        var process = Start(settings, arguments);
        try
        {
            var line = await process.LineAsync(line => line.StartsWith(ReadyWords, StringComparison.Ordinal), Limit);
            return (process, new Uri(line[ReadyWords.Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the program to its end.</summary>
    /// <param name="settings">Environment variables.</param>
    /// <param name="input">What it reads from its input.</param>
    /// <returns>The exit code and everything that it wrote.</returns>
    public async Task<(int Code, string Output)> RunAsync(Dictionary<string, string> settings, string input, params string[] arguments)
    {
        await using var process = ChildProcess.Start(Command(settings, arguments), input);
        return (await process.Exited.WaitAsync(Limit), process.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ProcessStartInfo Command(Dictionary<string, string> settings, string[] arguments)
    {
        string[] command = [.. MaxFiles is { } files ? (string[])["prlimit", $"--nofile={files}"] : [], "dotnet", Program(), .. arguments];
        var info = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Path };
        foreach (var name in info.Environment.Keys.Where(IsSetting).ToList()) info.Environment.Remove(name);
        info.Environment["HOME"] = Path; // where user secrets would be found
        foreach (var (name, value) in settings) info.Environment[name] = value;
        return info;
    }

    private static bool IsSetting(string name) =>
        Settings.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The server of the same build as the test: bin/Debug/net10.0 or bin/Release/net10.0.</summary>
    private static string Program()
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        return Repository.PathOf($"src/Tokenfall.Server/bin/{build.Parent!.Name}/{build.Name}/Tokenfall.Server.dll");
    }
}
