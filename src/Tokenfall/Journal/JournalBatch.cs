namespace Tokenfall;

/// <summary>Segments that are stored together. It is repeated unchanged until the journal takes it, so that a journal can tell a repetition.</summary>
internal sealed class JournalBatch
{
    // One transaction should not hold up the next for long.
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly List<(JournalCursor Cursor, RunSegment Segment)> _entries = [];
    private readonly HashSet<JournalCursor> _taken = [];
    private int _bytes;

    public bool IsEmpty => _entries.Count == 0;

    public bool IsFull => _bytes >= MaxBytes;

    public IReadOnlyList<RunSegment> Segments => _entries.ConvertAll(entry => entry.Segment);

    public IEnumerable<JournalCursor> Cursors => _entries.Select(entry => entry.Cursor);

    /// <summary>Whether it has a segment of this run. A second one would begin where the first one does, because that is not stored yet.</summary>
    public bool Has(JournalCursor cursor) => _taken.Contains(cursor);

    public void Add(JournalCursor cursor, RunSegment segment)
    {
        _entries.Add((cursor, segment));
        _taken.Add(cursor);
        _bytes += segment.Bytes.Length;
    }

    public void RemoveLost() => _entries.RemoveAll(entry => entry.Cursor.IsLost && entry.Segment.Events.Count > 0);

    public void OnStored()
    {
        foreach (var (cursor, segment) in _entries) cursor.OnStored(segment);
    }
}
