using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>How runs are written to the journal, bound from <c>Tokenfall:Journal</c>. Without a journal, such as <c>AddSqlite()</c> adds, nothing of it applies.</summary>
public sealed class JournalOptions
{
    /// <summary>How often the events of live runs are written, all in one batch. Not for <see cref="JournalVisibility.Durable"/>, which writes as fast as it can.</summary>
    /// <value>The default value is 250 milliseconds.</value>
    [PositiveDuration]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>When readers see an event.</summary>
    /// <value>The default value is <see cref="JournalVisibility.Immediate"/>.</value>
    [EnumDataType(typeof(JournalVisibility))]
    public JournalVisibility Visibility { get; set; } = JournalVisibility.Immediate;

    /// <summary>How long a run's events are kept. Whole days are deleted, so a run may stay up to a day longer.</summary>
    /// <value>The default value is 7 days.</value>
    [Days]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many bytes of events are kept. Beyond that, the oldest days are deleted first, but never the current one.</summary>
    /// <value>The default value is 4 GiB.</value>
    [Range(0, long.MaxValue)]
    public long RetentionBytes { get; set; } = 4L * 1024 * 1024 * 1024;
}
