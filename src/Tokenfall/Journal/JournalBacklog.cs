namespace Tokenfall;

/// <summary>Bounds what waits for a journal that does not take it: beyond these bounds a run loses its journal, so that the process keeps its memory.</summary>
internal static class JournalBacklog
{
    /// <summary>The most bytes of all runs together.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>The most bytes of one run.</summary>
    public const int MaxBytesOfRun = 4 * 1024 * 1024;

    /// <summary>Those that must go: each that is too large by itself, then the largest until the rest fits.</summary>
    /// <param name="waiting">All that wait.</param>
    public static IEnumerable<JournalCursor> Excess(IEnumerable<JournalCursor> waiting)
    {
        var bySize = waiting.Select(cursor => (Cursor: cursor, Bytes: cursor.PendingBytes)).OrderByDescending(one => one.Bytes).ToList();
        var total = bySize.Sum(one => (long)one.Bytes);
        foreach (var (cursor, bytes) in bySize)
        {
            if (bytes <= MaxBytesOfRun && total <= MaxBytes) yield break;
            total -= bytes;
            yield return cursor;
        }
    }
}
