using System.Globalization;

namespace Tokenfall.Bench.Measure;

/// <summary>Measures a process and its descendants by /proc (proc(5)).</summary>
internal static class ProcessTree
{
    // USER_HZ: the unit in which Linux reports times to programs, whatever its own tick is.
    private const int TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name, which is in parentheses and may contain anything; counted from 0.
    private const int Parent = 1, UserTime = 11, SystemTime = 12;

    /// <summary>Processor time so far, user and kernel, in steps of 10 ms.</summary>
    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public static TimeSpan Cpu(int root) => TimeSpan.FromSeconds((double)Members(root).Sum(Ticks) / TicksPerSecond);

    /// <summary>Resident memory, in bytes. Pages that a parent and its child share count for both.</summary>
    public static long Rss(int root) => Members(root).Sum(ProcFiles.Rss);

    /// <summary>Reads the times of a line of /proc/PID/stat, in ticks.</summary>
    internal static long Ticks(string stat)
    {
        var fields = FieldsBehindName(stat);
        return long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the parent of a line of /proc/PID/stat.</summary>
    internal static int ParentOf(string stat) => int.Parse(FieldsBehindName(stat)[Parent], CultureInfo.InvariantCulture);

    /// <summary>The process and all that descend from it.</summary>
    internal static IReadOnlyList<int> Members(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process > 0)
            .Select(process => (Process: process, Stat: Stat(process)))
            .Where(one => one.Stat is not null)
            .ToLookup(one => ParentOf(one.Stat!), one => one.Process);
        var members = new List<int> { root };
        for (var i = 0; i < members.Count; i++) members.AddRange(children[members[i]]);
        return members;
    }

    private static long Ticks(int process) => Ticks(Stat(process) ?? throw new InvalidOperationException($"process {process} has ended while it was measured"));

    private static string? Stat(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string[] FieldsBehindName(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
}
