using System.Diagnostics;

namespace Tokenfall.Bench;

/// <summary>Tells on standard error what goes on, so that standard output holds the result alone.</summary>
internal static class Progress
{
    private static readonly long Began = Stopwatch.GetTimestamp();

    public static void Say(string words) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(Began).TotalSeconds,7:F1} s  {words}");
}
