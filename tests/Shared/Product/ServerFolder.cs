using System.Diagnostics;

namespace Tokenfall.Tests.Product;

/// <summary>A folder of its own for one server, and the command line that runs the built server in it.</summary>
internal sealed class ServerFolder : IDisposable
{
    private static readonly string[] Settings = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "ANTHROPIC_", "TOKENFALL"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-server-");

    /// <summary>How to start the server, with no setting inherited from whoever runs the tests.</summary>
    public ProcessStartInfo Command(Dictionary<string, string> settings, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Program(), .. arguments])
        {
            WorkingDirectory = _folder.FullName,
        };
        foreach (var name in info.Environment.Keys.Where(IsSetting).ToList())
            info.Environment.Remove(name);
        info.Environment["HOME"] = _folder.FullName; // where user secrets would be found
        info.Environment["Tokenfall__Data"] = Path.Combine(_folder.FullName, "data");
        foreach (var (name, value) in settings)
            info.Environment[name] = value;
        return info;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool IsSetting(string name) =>
        Settings.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The server of the same build as the test: bin/Debug/net10.0 or bin/Release/net10.0.</summary>
    private static string Program()
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf($"src/Tokenfall.Server/bin/{build.Parent!.Name}/{build.Name}/Tokenfall.Server.dll");
    }
}
