using System.Runtime.InteropServices;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Hosting;

/// <summary>Tells Linux that a thread which wakes need not push another off its core at once (<c>SCHED_BATCH</c>, sched(7)).</summary>
/// <remarks>
/// A token wakes the thread that watches all sockets, and that one wakes a thread of the pool. By default each of them interrupts the
/// one that woke it, often while that one holds the lock that both need; so a token takes several switches of threads instead of one.
/// </remarks>
internal static partial class BatchScheduling
{
    /// <summary>The environment variable that keeps Linux's own way, as <c>normal</c>. No setting: it is read before there is anything to read settings.</summary>
    public const string Variable = "TOKENFALL_SCHEDULING";

    private const int Normal = 0;
    private const int Batch = 3;

    /// <summary>
    /// Sets it for this thread, and so for all threads that are started from now on: they inherit it. Call it before any is. Does nothing
    /// outside Linux, or where somebody has chosen a policy other than the normal one (<c>chrt</c>, systemd's <c>CPUSchedulingPolicy</c>).
    /// </summary>
    /// <exception cref="StartupException">The environment variable has a value that cannot be meant.</exception>
    public static void Begin()
    {
        if (!IsWanted(Environment.GetEnvironmentVariable(Variable)) || !OperatingSystem.IsLinux()) return;
        try
        {
            var self = Self();
            // A sandbox may forbid it: the server then costs what it costs without.
            if (Get(self, out var policy, out var parameter) == 0 && policy == Normal) _ = Set(self, Batch, parameter);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library that is none of the usual ones: the same.
        }
    }

    private static bool IsWanted(string? value) => value?.ToUpperInvariant() switch
    {
        null or "" or "BATCH" => true,
        "NORMAL" => false,
        _ => throw new StartupException($"{Variable} is \"{value}\". Set it to normal, or leave it out for batch."),
    };

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint Self();

    [LibraryImport("libc", EntryPoint = "pthread_getschedparam")]
    private static partial int Get(nint thread, out int policy, out Parameter parameter);

    [LibraryImport("libc", EntryPoint = "pthread_setschedparam")]
    private static partial int Set(nint thread, int policy, in Parameter parameter);

    // struct sched_param; room beside the priority, because the C libraries do not agree on its size.
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Parameter
    {
        public int Priority;
    }
}
