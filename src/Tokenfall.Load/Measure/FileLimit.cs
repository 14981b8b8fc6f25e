using System.Globalization;

namespace Tokenfall.Load;

/// <summary>The limit on open files. .NET raises the soft limit to the hard one by itself, so the hard one counts.</summary>
public static class FileLimit
{
    // Files a process has open besides its connections.
    private const int OtherFiles = 300;

    /// <summary>Checks that this process may open this many connections.</summary>
    /// <param name="connections">How many connections it will have open at a time.</param>
    /// <exception cref="FileLimitException">The limit is too low.</exception>
    public static void Require(int connections)
    {
        var hard = HardLimit();
        if (hard < connections + OtherFiles) throw new FileLimitException(connections, connections + OtherFiles, hard);
    }

    private static long HardLimit()
    {
        if (!OperatingSystem.IsLinux()) return long.MaxValue;
        var line = File.ReadLines("/proc/self/limits").Single(limit => limit.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[4];
        return hard == "unlimited" ? long.MaxValue : long.Parse(hard, CultureInfo.InvariantCulture);
    }
}
