namespace Tokenfall.Tests;

public sealed class JournalRetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Day_WhoseLastRunIsYoungerThanTheRetention_IsKept() => Assert.Empty(Expired(days: 7, bytes: 100, (7, 10)));

    [Fact]
    public void Day_WhoseLastRunIsOlderThanTheRetention_IsDeleted() => Assert.Equal([8], Expired(days: 7, bytes: 100, (8, 10)));

    [Fact]
    public void Days_AreDeletedOldestFirst() => Assert.Equal([10, 9, 8], Expired(days: 7, bytes: 100, (9, 1), (8, 1), (10, 1)));

    [Fact]
    public void TooManyBytes_DeleteTheOldestDaysUntilTheRestFits() => Assert.Equal([3, 2], Expired(days: 7, bytes: 100, (1, 60), (3, 60), (2, 60)));

    [Fact]
    public void BytesOfADayThatIsTooOld_DoNotCount() => Assert.Equal([9], Expired(days: 7, bytes: 100, (9, 1_000), (2, 60), (1, 40)));

    [Fact]
    public void CurrentDay_IsNeverDeleted() => Assert.Equal([1], Expired(days: 7, bytes: 0, (0, 1_000), (1, 1)));

    [Fact]
    public void DayOfTheFuture_IsNeverDeleted() => Assert.Empty(Expired(days: 7, bytes: 0, (-1, 1_000)));

    // Each day by how many days ago it was.
    private static IEnumerable<int> Expired(int days, long bytes, params (int Ago, long Bytes)[] stored)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var options = new JournalOptions { Retention = TimeSpan.FromDays(days), RetentionBytes = bytes };
        return JournalRetention.Expired([.. stored.Select(day => new JournalDay(today.AddDays(-day.Ago), day.Bytes))], Now, options)
            .Select(day => today.DayNumber - day.DayNumber);
    }
}
