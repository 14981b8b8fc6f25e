using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>Symptoms in what the application learns when its reader leaves.</summary>
internal static class Leaving
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Not at once, but once something more is written.</summary>
    public static async Task SeenLate(HopPath path, Connection connection)
    {
        await LeaveAsync(path, connection, pace: 1000, count: 8);
        Assert.False(await LeftWithinAsync(path, Soon), "It was seen at once.");
        Assert.True(await LeftBeforeEndAsync(path), "It was never seen.");
    }

    /// <summary>The application sends all of it, to nobody.</summary>
    public static async Task NeverSeen(HopPath path, Connection connection)
    {
        await LeaveAsync(path, connection, pace: 1000, count: 4);
        Assert.False(await LeftBeforeEndAsync(path), "It was seen.");
    }

    /// <summary>At once: no fault.</summary>
    public static async Task SeenAtOnce(HopPath path, Connection connection)
    {
        await LeaveAsync(path, connection, pace: 3000, count: 3);
        Assert.True(await LeftWithinAsync(path, TimeLimit / 15), "It was not seen at once.");
    }

    /// <summary>By the time of the next heartbeats, for the one that has no setting for it.</summary>
    public static async Task SeenInTheEnd(HopPath path, Connection connection)
    {
        await LeaveAsync(path, connection, pace: 1000, count: 8);
        Assert.True(await LeftBeforeEndAsync(path), "It was never seen.");
    }

    private static string Name { get; } = "leaving";

    private static async Task LeaveAsync(HopPath path, Connection connection, int pace, int count)
    {
        using var reader = new Reader(path.Outermost, connection);
        using var response = await reader.GetAsync($"{PlainStreams.Paced}?name={Name}&count={count}&pace={pace}");
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[4]);
    }

    private static async Task<bool> LeftWithinAsync(HopPath path, TimeSpan time) =>
        await Task.WhenAny(path.App.Streams.Left(Name), Task.Delay(time, TimeProvider.System)) == path.App.Streams.Left(Name);

    private static async Task<bool> LeftBeforeEndAsync(HopPath path) =>
        await Task.WhenAny(path.App.Streams.Left(Name), path.App.Streams.Ended(Name)).WaitAsync(TimeLimit) == path.App.Streams.Left(Name);
}
