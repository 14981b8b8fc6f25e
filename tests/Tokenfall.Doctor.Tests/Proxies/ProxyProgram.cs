using System.Diagnostics;
using Tokenfall.Tests;

namespace Tokenfall.Doctor.Tests.Proxies;

/// <summary>How to run one product with its shipped configuration, as a process and not as a service.</summary>
internal abstract class ProxyProgram
{
    public static ProxyProgram Nginx { get; } = new NginxProgram();
    public static ProxyProgram HAProxy { get; } = new HAProxyProgram();
    public static ProxyProgram Caddy { get; } = new CaddyProgram();
    public static ProxyProgram Apache { get; } = new ApacheProgram();

    public abstract string Name { get; }

    /// <summary>The configuration in <c>deploy/</c>.</summary>
    protected abstract string ShippedFile { get; }

    protected abstract string Command { get; }

    public string Shipped() => File.ReadAllText(Repository.PathOf(ShippedFile));

    /// <summary>Writes the configuration for a place.</summary>
    /// <param name="configuration">The shipped one, perhaps with a fault planted.</param>
    /// <returns>The arguments that make the program use it, and stay in the foreground.</returns>
    public abstract IEnumerable<string> Prepare(string configuration, ProxyPlace place);

    /// <summary>Starts it in a place of its own.</summary>
    public Process Start(IEnumerable<string> arguments, ProxyPlace place)
    {
        var info = new ProcessStartInfo(Find(), arguments)
        {
            WorkingDirectory = place.Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        // Caddy keeps state below the home folder.
        foreach (var variable in (string[])["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"])
            info.Environment[variable] = place.Folder;
        return Process.Start(info)!;
    }

    private string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin"])
            .Select(folder => Path.Combine(folder, Command))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{Command} was not found. Run ./test, which installs it, or install it yourself.");
}
