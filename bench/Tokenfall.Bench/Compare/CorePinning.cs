namespace Tokenfall.Bench.Compare;

/// <summary>The cores of <c>compare</c>: the contender has one of its own, the model and the readers share the other.</summary>
internal static class CorePinning
{
    public const int Load = 0;
    public const int Contender = 1;

    /// <summary>All cores, for contenders that may use more than one, as most servers may.</summary>
    public const string All = "0,1";

    /// <summary>Whether this process runs on the core of the load only.</summary>
    public static bool IsPinned => File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1] == "0";
}
