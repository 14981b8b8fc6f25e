using System.Runtime.InteropServices;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Hosting;

/// <summary>Tells Linux not to preempt a running thread for one that has just woken (<c>SCHED_BATCH</c>, sched(7)).</summary>
/// <remarks>
/// A token wakes the thread that watches all sockets, which wakes a pool thread. By default each preempts the thread that woke it, often
/// while that one holds the lock that both need; so a token takes several context switches instead of one.
/// </remarks>
internal static partial class BatchScheduling
{
    /// <summary>The environment variable that switches it off, with <c>normal</c>. It is read before there is any configuration.</summary>
    public const string Variable = "TOKENFALL_SCHEDULING";

    private const int Normal = 0;
    private const int Batch = 3;

    /// <summary>
    /// Sets it for this thread and all threads that are started later, which inherit it: call it before any is. Does nothing outside
    /// Linux, or where a policy other than the normal one was chosen (<c>chrt</c>, systemd's <c>CPUSchedulingPolicy</c>).
    /// </summary>
    /// <exception cref="StartupException">The environment variable has an invalid value.</exception>
    public static void Enable()
    {
        if (!IsWanted(Environment.GetEnvironmentVariable(Variable)) || !OperatingSystem.IsLinux()) return;
        try
        {
            var self = Self();
            // A sandbox may forbid it; the server works without.
            if (Get(self, out var policy, out var parameter) == 0 && policy == Normal) _ = Set(self, Batch, parameter);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not one of the usual C libraries: the same.
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

    // struct sched_param, with spare room because C libraries do not agree on its size.
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Parameter
    {
        public int Priority;
    }
}
