using System.Diagnostics;

namespace Tokenfall.Tests.Proxies;

/// <summary>How to run one product with its shipped configuration, as a process and not as a service.</summary>
internal abstract class ProxyProgram
{
    public abstract string Name { get; }

    /// <summary>The configuration in <c>deploy/</c>.</summary>
    protected abstract string ShippedFile { get; }

    protected abstract string Command { get; }

    public string Shipped() => File.ReadAllText(Repository.PathOf(ShippedFile));

    /// <summary>Writes a configuration into a place.</summary>
    /// <param name="configuration">The shipped one, perhaps with a fault planted.</param>
    /// <param name="place">Where its files go, and where it listens.</param>
    /// <returns>How to start the program with it.</returns>
    public ProcessStartInfo With(string configuration, ProxyPlace place)
    {
        var info = new ProcessStartInfo(Find(), Prepare(configuration, place)) { WorkingDirectory = place.Folder };
        // Caddy keeps state below the home folder.
        foreach (var variable in (string[])["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"])
            info.Environment[variable] = place.Folder;
        return info;
    }

    /// <returns>The arguments that make the program use the configuration, and stay in the foreground.</returns>
    protected abstract IEnumerable<string> Prepare(string configuration, ProxyPlace place);

    private string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin"])
            .Select(folder => Path.Combine(folder, Command))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{Command} was not found. Run ./test, which installs it, or install it yourself.");
}
