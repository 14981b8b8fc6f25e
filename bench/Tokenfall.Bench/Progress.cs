using System.Diagnostics;

namespace Tokenfall.Bench;

/// <summary>Reports progress on standard error, so that standard output has only the result.</summary>
internal static class Progress
{
    private static readonly long Began = Stopwatch.GetTimestamp();

    public static void Report(string message) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(Began).TotalSeconds,7:F1} s  {message}");
}
