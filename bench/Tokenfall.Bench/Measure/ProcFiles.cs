using System.Globalization;

namespace Tokenfall.Bench.Measure;

/// <summary>Reads memory figures from Linux (proc(5)).</summary>
internal static class ProcFiles
{
    /// <summary>Resident memory of a process, in bytes.</summary>
    public static long Rss(int process) =>
        File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Select(Kilobytes).Single() * 1024;

    /// <summary>Slab memory of sockets and related objects, of the whole machine, in bytes; 0 when it cannot be read (which needs root).</summary>
    public static long SocketSlab()
    {
        try
        {
            return File.ReadLines("/proc/slabinfo").Sum(SocketBytes);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long Kilobytes(string line) => long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    // "name active_objs num_objs objsize ..."
    private static long SocketBytes(string line)
    {
        var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields[0] is "TCP" or "sock_inode_cache" or "filp" or "dentry" or "eventpoll_epi" or "eventpoll_pwq" or "tcp_bind_bucket" or "skbuff_head_cache"
            ? long.Parse(fields[2], CultureInfo.InvariantCulture) * long.Parse(fields[3], CultureInfo.InvariantCulture)
            : 0;
    }
}
