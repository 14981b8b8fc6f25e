using System.Globalization;

namespace Tokenfall.Tests.Product;

/// <summary>What Linux says about a process.</summary>
internal static class ProcessFigures
{
    public static int Threads(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("Threads:", StringComparison.Ordinal));
        return int.Parse(line["Threads:".Length..], CultureInfo.InvariantCulture);
    }

    public static int Sockets(int process) => Directory.EnumerateFiles($"/proc/{process}/fd")
        .Count(file => TargetOf(file)?.StartsWith("socket:", StringComparison.Ordinal) == true);

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
