using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Tests.Doctor;

public sealed class PatternReaderTests
{
    private const int Interval = 300;
    private const int Count = 10;

    [Fact]
    public void Read_AsSent_IsLive() => Assert.Equal(Arrivals.Live, Kind(sent => sent + 3));

    [Fact]
    public void Read_ClocksFarApart_IsLive() => Assert.Equal(Arrivals.Live, Kind(sent => sent + 1_000_000));

    [Fact]
    public void Read_AllAfterTheLast_IsAtTheEnd() => Assert.Equal(Arrivals.AtTheEnd, Kind(_ => (Interval * Count) + 5));

    [Fact]
    public void Read_EachCorked_IsDelayedByThat()
    {
        // The end of the response uncorks.
        var pattern = Read(sent => sent + 212, end: sent => sent + 1);

        Assert.Equal(Arrivals.Delayed, pattern.Kind);
        Assert.InRange(pattern.MedianLag, 209, 213);
    }

    [Fact]
    public void Read_EachWithTheNext_IsOneLate() => Assert.Equal(Arrivals.OneLate, Read(sent => sent + Interval + 2, end: sent => sent + 1).Kind);

    [Fact]
    public void Read_EachHalfSecond_IsBatched()
    {
        var pattern = Read(sent => Math.Ceiling(sent / 600) * 600, end: sent => sent + 1);

        Assert.Equal(Arrivals.Batched, pattern.Kind);
        Assert.InRange(pattern.Period, 599, 601);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_BusyMachine_IsLive(int seed)
    {
        // Stalls of up to half a second hold everything back that is under way, then let it go at once.
        var random = new Random(seed);
        var stalls = Enumerable.Range(0, 2).Select(_ => (From: random.Next(0, 2500), Length: random.Next(100, 500))).ToList();
        double Arrive(double sent) => stalls.Where(stall => sent >= stall.From && sent < stall.From + stall.Length).Select(stall => (double)stall.From + stall.Length).DefaultIfEmpty(sent + random.Next(0, 40)).Max();

        var pattern = Read(Arrive);

        Assert.True(pattern.Kind == Arrivals.Live, $"seed {seed}: {pattern}");
    }

    [Fact]
    public void Read_CutAfterThree_IsUnknown() => Assert.Equal(Arrivals.Unknown, PatternReader.Read(Recorded(3, sent => sent + 1)).Kind);

    private static Arrivals Kind(Func<double, double> arrive) => Read(arrive).Kind;

    private static Pattern Read(Func<double, double> arrive, Func<double, double>? end = null)
    {
        var recording = Recorded(Count, arrive);
        const double over = Interval * Count;
        recording.Frames.Add(new(Count + 1, over, (end ?? arrive)(over)));
        return PatternReader.Read(recording);
    }

    private static Recording Recorded(int ticks, Func<double, double> arrive)
    {
        var recording = new Recording(new(Wire.Http1, "identity", "GET"), new() { Interval = Interval, Count = Count });
        for (var n = 0; n <= ticks; n++) recording.Frames.Add(new(n, n * Interval, arrive(n * Interval)));
        return recording;
    }
}
