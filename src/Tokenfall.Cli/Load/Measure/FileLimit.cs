using System.Globalization;

namespace Tokenfall.Cli.Load;

/// <summary>The limit of open files. .NET raises the soft limit to the hard one by itself, so the hard one counts.</summary>
internal static class FileLimit
{
    // What a process has open besides its connections.
    private const int Others = 300;

    /// <exception cref="InvalidOperationException">Too low for so many connections in one process.</exception>
    public static void Require(int connections)
    {
        var hard = Hard();
        if (hard >= connections + Others) return;
        throw new InvalidOperationException(
            $"{connections} connections in one process need {connections + Others} open files; the hard limit is {hard}. Raise it (ulimit -Hn, or LimitNOFILE in systemd), or ask for fewer.");
    }

    private static long Hard()
    {
        if (!OperatingSystem.IsLinux()) return long.MaxValue;
        var line = File.ReadLines("/proc/self/limits").Single(limit => limit.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[4];
        return hard == "unlimited" ? long.MaxValue : long.Parse(hard, CultureInfo.InvariantCulture);
    }
}
