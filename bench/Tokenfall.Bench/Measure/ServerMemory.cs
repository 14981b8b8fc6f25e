namespace Tokenfall.Bench.Measure;

/// <summary>Memory of a server at one moment, in bytes.</summary>
/// <param name="Rss">Resident set as it stood.</param>
/// <param name="RssCollected">Resident set after a full, compacting collection.</param>
/// <param name="Heap">Live objects after it.</param>
/// <param name="Kernel">TCP sockets of the whole machine, both ends; 0 where the kernel does not say.</param>
internal sealed record ServerMemory(long Rss, long RssCollected, long Heap, long Kernel);
