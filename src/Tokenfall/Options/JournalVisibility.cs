namespace Tokenfall;

/// <summary>When readers see an event that is to be journaled.</summary>
public enum JournalVisibility
{
    /// <summary>At once. Readers may be ahead of the journal: if the process crashes, it loses at most the last <see cref="JournalOptions.FlushInterval"/>.</summary>
    Immediate,

    /// <summary>When it is stored. What a reader has seen is never lost, but each token waits for the disk.</summary>
    Durable,
}
