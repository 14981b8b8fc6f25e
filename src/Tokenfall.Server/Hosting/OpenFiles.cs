using System.Globalization;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Hosting;

/// <summary>
/// How many connections fit into this process's limit on open files. Without any left, Kestrel cannot accept and the store cannot open its
/// files, and the process ends; so connections stop before that.
/// </summary>
internal static class OpenFiles
{
    // What the server itself has open: about 300, most of them assemblies, and what the store and the console need beside them.
    private const int Reserved = 384;

    // A connection, and one to the model for the run that it starts.
    private const int ForEach = 2;

    private const int FewestConnections = 16;

    /// <summary>How many connections may be open at a time; null where the system has no such limit.</summary>
    /// <exception cref="StartupException">Too few files may be open.</exception>
    public static long? MaxConnections() => OperatingSystem.IsLinux() ? MaxConnections(File.ReadLines("/proc/self/limits")) : null;

    /// <summary>The same, from the lines of <c>/proc/self/limits</c> (proc(5)).</summary>
    public static long? MaxConnections(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(limit => limit.StartsWith("Max open files", StringComparison.Ordinal));
        if (line is null) return null;
        // .NET has raised the soft limit to the hard one.
        var soft = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3];
        if (!long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files)) return null;
        var connections = (files - Reserved) / ForEach;
        if (connections >= FewestConnections) return connections;
        throw new StartupException(
            $"Only {files} files may be open at a time, and the server needs {Reserved + ForEach * FewestConnections} or more: "
            + "raise the limit with \"ulimit -n 65536\", or LimitNOFILE=65536 in a systemd unit.");
    }
}
