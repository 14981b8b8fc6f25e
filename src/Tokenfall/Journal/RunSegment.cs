using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Consecutive events of a run's log, in the log's own layout.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="First">The number of its first event.</param>
/// <param name="Events">Its events.</param>
/// <param name="Bytes">Their payloads, back to back.</param>
[Experimental(Seam.DiagnosticId)]
public sealed record RunSegment(RunId Run, int First, IReadOnlyList<RunSegmentEvent> Events, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How the run ended; set only in the segment that contains the terminal event.</summary>
    public RunEnd? End { get; init; }
}

/// <summary>One event of a segment.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Part">The number of its part; 0 for none.</param>
/// <param name="End">Where its payload ends in the segment's bytes.</param>
[Experimental(Seam.DiagnosticId)]
public readonly record struct RunSegmentEvent(EventKind Kind, int Part, int End);
