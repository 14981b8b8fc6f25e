using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>Symptoms in how long a stream lives.</summary>
internal static class Cutting
{
    /// <summary>A silent stream is cut after about two seconds, one with heartbeats is not.</summary>
    public static async Task IdleAtTwoSeconds(HopPath path, Connection connection)
    {
        var (silent, beating) = await BothAsync(path, connection);
        Assert.False(silent.Complete);
        // Well before the end at 6 s; a busy machine is slow to begin.
        Assert.InRange(silent.Length.TotalSeconds, 1.7, 5.5);
        Assert.True(beating.Complete, $"With heartbeats it was cut after {beating.Length}.");
    }

    /// <summary>Both are cut after about three seconds.</summary>
    public static async Task AllAtThreeSeconds(HopPath path, Connection connection)
    {
        var (silent, beating) = await BothAsync(path, connection);
        Assert.False(silent.Complete);
        Assert.False(beating.Complete);
        Assert.InRange(beating.Length.TotalSeconds, 2.7, 5.5);
    }

    /// <summary>Neither is cut: no fault.</summary>
    public static async Task Never(HopPath path, Connection connection)
    {
        var (silent, beating) = await BothAsync(path, connection);
        Assert.True(silent.Complete);
        Assert.True(beating.Complete);
    }

    private static async Task<(Arrivals Silent, Arrivals Beating)> BothAsync(HopPath path, Connection connection)
    {
        using var reader = new Reader(path.Outermost, connection);
        var silent = reader.ReadAsync("silence=6000");
        var beating = reader.ReadAsync("silence=6000&beat=400");
        return (await silent, await beating);
    }
}
