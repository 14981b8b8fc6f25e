using System.Runtime.InteropServices;

namespace Tokenfall.Server.Hosting;

/// <summary>Lets a thread yield to all others of the process. Linux ignores the priorities of .NET, but has a niceness for each thread.</summary>
internal static partial class ThreadPriority
{
    private const int OfProcess = 0;
    private const int ThisThread = 0;

    // About a tenth of a core that others want, too: enough that work does not starve.
    private const int Nice = 10;

    /// <summary>Lowers the priority of this thread, for good. Does nothing outside Linux.</summary>
    public static void LowerOfThisThread()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Set(OfProcess, ThisThread, Nice);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not one of the usual C libraries: it works as before.
        }
    }

    // Despite its name, the kernel's call takes a thread (setpriority(2)).
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int Set(int which, int who, int priority);
}
