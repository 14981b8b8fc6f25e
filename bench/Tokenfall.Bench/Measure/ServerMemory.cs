namespace Tokenfall.Bench.Measure;

/// <summary>Memory of a server at one moment, in bytes.</summary>
/// <param name="Rss">Resident set before a collection.</param>
/// <param name="RssCollected">Resident set after a full, compacting collection.</param>
/// <param name="Heap">Heap size after it.</param>
/// <param name="Kernel">Kernel memory of sockets, of the whole machine; 0 where it cannot be read.</param>
internal sealed record ServerMemory(long Rss, long RssCollected, long Heap, long Kernel);
