namespace Tokenfall.Server.Hosting;

/// <summary>
/// Whether as many runs as are allowed fit into the memory that the process may use: the machine's, a container's, or
/// <c>DOTNET_GCHeapHardLimit</c>. A process that reaches it ends, with all its streams; a limit on runs only refuses.
/// </summary>
internal static class MemoryNeeds
{
    private const long Mebibyte = 1024 * 1024;

    // Measured (docs/production.md): the idle server, and a live run with one reader and an answer of usual length.
    private const long Idle = 100 * Mebibyte;
    private const long EachRun = 52 * 1024;

    /// <summary>Says what does not fit.</summary>
    /// <param name="available">How much memory the process may use, in bytes.</param>
    /// <param name="options">How many runs are allowed, and how much is kept of finished ones.</param>
    /// <returns>A sentence, or <see langword="null"/> when everything fits.</returns>
    public static string? Problem(long available, TokenfallOptions options)
    {
        var needed = Idle + EachRun * options.Limits.MaxRuns + options.RetentionBytes;
        if (needed <= available) return null;
        return $"This process may use {available / Mebibyte} MiB of memory, and its settings allow it to need about {needed / Mebibyte} MiB: "
            + $"Tokenfall:Limits:MaxRuns is {options.Limits.MaxRuns}, and Tokenfall:RetentionBytes is {options.RetentionBytes / Mebibyte} MiB. "
            + "Lower them, or give it more memory: a process without memory ends, with all its answers.";
    }
}
