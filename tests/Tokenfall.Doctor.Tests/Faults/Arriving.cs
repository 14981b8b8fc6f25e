using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>Symptoms in when and how events arrive.</summary>
internal static class Arriving
{
    private const int Count = 8;
    private const int Pace = 150;

    // What is late on a busy machine, too.
    private const int Noise = 120;

    /// <summary>Nothing while the application sends, then everything.</summary>
    public static async Task AllAtTheEnd(HopPath path, Connection connection) => AllAtTheEnd(await ReadAsync(path, connection));

    public static async Task AllAtTheEndWithGzip(HopPath path, Connection connection)
    {
        var seen = await ReadAsync(path, connection, "gzip");
        Assert.Equal("gzip", seen.Coding);
        AllAtTheEnd(seen);
    }

    /// <summary>Each event late by about 200 ms, as by a corked socket.</summary>
    // Slower than the cork: otherwise the next event would pull it out.
    public static async Task ConstantlyLate(HopPath path, Connection connection) =>
        Assert.InRange((await ReadAsync(path, connection, pace: 450)).MedianDelay, 170, 250 + Noise);

    /// <summary>Compressed; whether that makes events late as well depends on how the proxy was built.</summary>
    public static async Task Compressed(HopPath path, Connection connection) =>
        Assert.Equal("gzip", (await ReadAsync(path, connection, "gzip")).Coding);

    /// <summary>In groups, half a second apart.</summary>
    public static async Task InBatches(HopPath path, Connection connection)
    {
        using var reader = new Reader(path.Outermost, connection);
        var seen = await reader.ReadAsync("count=30&pace=50");
        var gaps = seen.Events.Zip(seen.Events.Skip(1), (one, next) => (next.At - one.At).TotalMilliseconds).ToList();
        Assert.InRange(gaps.Count(gap => gap > 250), 2, 5);
        Assert.InRange(gaps.Count(gap => gap < 25), 20, 29);
    }

    /// <summary>Events come, comments do not.</summary>
    public static async Task WithoutHeartbeats(HopPath path, Connection connection)
    {
        using var reader = new Reader(path.Outermost, connection);
        var seen = await reader.ReadAsync("count=1&pace=10&silence=1000&beat=200");
        Assert.True(seen.Complete);
        Assert.Equal(0, seen.Comments);
    }

    /// <summary>Each event at once, as it was sent: no fault.</summary>
    public static async Task AtOnce(HopPath path, Connection connection, string encoding)
    {
        var seen = await ReadAsync(path, connection, encoding);
        Assert.Null(seen.Coding);
        Assert.InRange(seen.MedianDelay, 0, Noise);
    }

    private static void AllAtTheEnd(Arrivals seen)
    {
        Assert.True(seen.Span < TimeSpan.FromMilliseconds(Pace), $"It came over {seen.Span}.");
        Assert.InRange(seen.MedianDelay, (Count / 2 - 1) * Pace, int.MaxValue);
    }

    private static async Task<Arrivals> ReadAsync(HopPath path, Connection connection, string encoding = "identity", int pace = Pace)
    {
        using var reader = new Reader(path.Outermost, connection);
        var seen = await reader.ReadAsync($"count={Count}&pace={pace}", encoding);
        Assert.Equal(Count, seen.Events.Count);
        Assert.True(seen.Complete);
        return seen;
    }
}
