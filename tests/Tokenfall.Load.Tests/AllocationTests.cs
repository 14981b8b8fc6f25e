using System.Text;

namespace Tokenfall.Load.Tests;

/// <summary>What a generator allocates for each delta, it later pays for with pauses that look like the server's.</summary>
public class AllocationTests
{
    [Fact]
    public void Deltas_OfManyPieces_AllocateNothing()
    {
        var plan = new LoadPlan { Url = new("http://127.0.0.1/"), Body = "" };
        var check = new TokenfallCheck(plan, new LoadFigures());
        var body = new ChunkedDecoder(new FrameScanner(check));
        var wire = Enumerable.Range(1, 3000).Select(number => Encoding.UTF8.GetBytes(Chunk(number))).ToArray();
        foreach (var chunk in wire.AsSpan(0, 1000)) Feed(body, chunk);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var chunk in wire.AsSpan(1000)) Feed(body, chunk);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Null(check.Problem);
        Assert.Equal(3000, check.Deltas);
        Assert.Equal(0, allocated);
    }

    // Whole, and torn in the middle, as it may come.
    private static void Feed(ChunkedDecoder body, ReadOnlySpan<byte> chunk)
    {
        var middle = chunk.Length / 2;
        body.Feed(chunk[..middle]);
        body.Feed(chunk[middle..]);
    }

    private static string Chunk(int number)
    {
        var frame = $"event: delta\ndata: {{\"text\":\"{number - 1}@0000000812345678901;\\n\"}}\nid: Zk3vM0q2T5uXw8yB1cD4eA.{number}\n\n";
        return $"{frame.Length:x}\r\n{frame}\r\n";
    }
}
