using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Consecutive events of a run's log, in the log's own layout.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record RunSegment
{
    /// <summary>Creates the segment.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="first">The number of its first event.</param>
    /// <param name="events">Its events.</param>
    /// <param name="bytes">Their payloads, back to back.</param>
    public RunSegment(RunId run, int first, IReadOnlyList<RunSegmentEvent> events, ReadOnlyMemory<byte> bytes)
    {
        Run = run;
        First = first;
        Events = events;
        Bytes = bytes;
    }

    /// <summary>The run's id.</summary>
    public RunId Run { get; init; }

    /// <summary>The number of its first event.</summary>
    public int First { get; init; }

    /// <summary>The number of its last event.</summary>
    public int Last => First + Events.Count - 1;

    /// <summary>Its events.</summary>
    public IReadOnlyList<RunSegmentEvent> Events { get; init; }

    /// <summary>Their payloads, back to back.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>How the run ended; set only in the segment that contains the terminal event.</summary>
    public RunEnd? End { get; init; }

    /// <summary>The answer to store in the run's conversation, with the run's last segment; null if it belongs to none. Stored once: the first counts.</summary>
    public ConversationAnswer? Answer { get; init; }
}

/// <summary>One event of a segment.</summary>
[Experimental(Seam.DiagnosticId)]
public readonly record struct RunSegmentEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="part">The number of its part; 0 for none.</param>
    /// <param name="end">Where its payload ends in the segment's bytes.</param>
    public RunSegmentEvent(EventKind kind, int part, int end)
    {
        Kind = kind;
        Part = part;
        End = end;
    }

    /// <summary>Its kind.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The number of its part; 0 for none.</summary>
    public int Part { get; init; }

    /// <summary>Where its payload ends in the segment's bytes.</summary>
    public int End { get; init; }
}
