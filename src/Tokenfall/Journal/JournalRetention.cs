namespace Tokenfall;

/// <summary>Which days of the journal are deleted: those that are too old, then the oldest until the rest is small enough.</summary>
internal static class JournalRetention
{
    /// <summary>The days to delete, the oldest first. The current day is never among them.</summary>
    /// <param name="days">All days that are stored.</param>
    /// <param name="now">The current time.</param>
    /// <param name="options">How long, and how many bytes.</param>
    public static IEnumerable<DateOnly> Expired(IReadOnlyList<JournalDay> days, DateTimeOffset now, JournalOptions options)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var kept = DateOnly.FromDateTime(now.UtcDateTime - options.Retention);
        var bytes = days.Sum(day => day.Bytes);
        foreach (var day in days.Where(day => day.Day < today).OrderBy(day => day.Day))
        {
            if (day.Day >= kept && bytes <= options.RetentionBytes) yield break;
            bytes -= day.Bytes;
            yield return day.Day;
        }
    }
}
