namespace Tokenfall.Bench.Compare;

/// <summary>Which core does what under <c>compare</c>: the contender has one of its own, the model and the readers share the other.</summary>
internal static class Cores
{
    public const int Load = 0;
    public const int Contender = 1;

    /// <summary>All there are: for what a contender costs where it may use more than one, as most servers may.</summary>
    public const string All = "0,1";

    /// <summary>Whether this process has only the core that it should have.</summary>
    public static bool IsPinned => File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1] == "0";
}
