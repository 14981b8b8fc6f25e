using System.Diagnostics;

namespace Tokenfall;

/// <summary>A run's append-only list of events, numbered from 1: the only thing that readers read.</summary>
/// <remarks>
/// Payloads lie end to end in one array, so neighbouring text events are one slice: merging them for a reader that fell behind
/// is free. Bytes once written never change; when the array is full a larger copy takes over and older views stay valid.
/// One writer (the executor), any number of readers; all members are thread-safe.
/// </remarks>
public sealed class RunLog
{
    /// <summary>
    /// Largest payload of a merged frame, in bytes. A slow reader whose connection breaks resumes at a whole frame, so frames must not be
    /// too large; a replay must not be too many of them.
    /// </summary>
    public const int MaxMergedPayload = 16 * 1024;

    /// <summary>What an event takes beside its payload, in bytes.</summary>
    internal const int EntrySize = 8;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    // Small, because many runs wait for their first token; what grows doubles.
    private byte[] _bytes = new byte[256];
    private Entry[] _entries = new Entry[16];
    private int _count;
    private int _chars;
    // What readers may see: all there is, unless they must wait until it is stored.
    private int _visible;
    private bool _sealed;
    private RunReader? _waiting;
    // Created when many readers wait at once: most logs have one.
    private FanoutCoalescer? _coalescer;

    internal RunLog(TimeProvider time) => _time = time;

    /// <summary>How many events readers can read; also the number of the last one.</summary>
    public int Count { get { lock (_lock) return _visible; } }

    /// <summary>Whether readers can read the terminal event. Nothing follows it.</summary>
    public bool IsComplete { get { lock (_lock) return EndVisible; } }

    /// <summary>Takes what is appended to the journal; null if there is none. Set before the source runs.</summary>
    internal JournalCursor? Journal { get; set; }

    /// <summary>Returns whether a reader at this position has everything there will ever be.</summary>
    /// <param name="position">The number of the last event that the reader has.</param>
    /// <returns>True if the terminal event is there, and the reader has it.</returns>
    public bool IsReadTo(int position) { lock (_lock) return EndVisible && position >= _visible; }

    /// <summary>Memory held, in bytes.</summary>
    public int Size { get { lock (_lock) return _bytes.Length + _entries.Length * EntrySize; } }

    /// <summary>Length of all answer text, in UTF-16 code units.</summary>
    internal int Chars { get { lock (_lock) return _chars; } }

    private bool Ended => _count > 0 && _entries[_count - 1].Kind.IsTerminal();

    private bool EndVisible => Ended && _visible == _count;

    /// <summary>From now on accepts only the terminal event.</summary>
    internal void Seal() { lock (_lock) _sealed = true; }

    /// <summary>Appends an event and wakes the waiting readers; many of them at once as <see cref="FanoutCoalescer"/> says, at the end immediately.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="part">The number of its part; 0 for none.</param>
    /// <param name="chars">What it adds to <see cref="Chars"/>.</param>
    /// <param name="wake">False leaves the readers to <see cref="WakeReaders"/>.</param>
    /// <exception cref="InvalidOperationException">The log is sealed, or has its terminal event already.</exception>
    internal void Append(EventKind kind, ReadOnlySpan<byte> payload, ushort part = 0, int chars = 0, bool wake = true)
    {
        RunReader? woken;
        lock (_lock)
        {
            if (Ended || (_sealed && !kind.IsTerminal())) throw new InvalidOperationException("The run has ended: nothing can follow its terminal event.");
            var start = _count == 0 ? 0 : _entries[_count - 1].End;
            var end = checked(start + payload.Length);
            if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
            payload.CopyTo(_bytes.AsSpan(start));
            if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
            _entries[_count++] = new Entry(end, kind, part);
            _chars += chars;
            if (kind.IsTerminal()) Close();
            var isVisible = Journal is not { IsDurable: true, IsLost: false };
            if (isVisible) _visible = _count;
            woken = wake && isVisible ? DetachWaiting(immediate: kind.IsTerminal()) : null;
        }
        // After a response has ended the application's code runs, and must not run on the source's thread.
        Signal(woken, inline: !kind.IsTerminal());
        Journal?.OnAppended(kind.IsTerminal());
    }

    /// <summary>Shows readers the events up to this number: they are stored.</summary>
    internal void Publish(int count)
    {
        RunReader? woken;
        lock (_lock)
        {
            if (count <= _visible) return;
            _visible = count;
            woken = DetachWaiting(immediate: EndVisible);
        }
        Signal(woken, inline: false);
    }

    /// <summary>Shows readers all there is, stored or not.</summary>
    internal void PublishAll()
    {
        int count;
        lock (_lock) count = _count;
        Publish(count);
    }

    /// <summary>The payload after event number <paramref name="after"/>, in bytes.</summary>
    internal int BytesAfter(int after)
    {
        lock (_lock) return after >= _count ? 0 : _entries[_count - 1].End - (after == 0 ? 0 : _entries[after - 1].End);
    }

    /// <summary>Wakes the waiting readers: there is something to read.</summary>
    /// <param name="immediate">Also many readers at once, without coalescing.</param>
    internal void WakeReaders(bool immediate = false)
    {
        RunReader? woken;
        lock (_lock) woken = DetachWaiting(immediate);
        Signal(woken, inline: true);
    }

    /// <summary>The frame after event number <paramref name="after"/>; false when the reader has everything there is.</summary>
    /// <param name="after">The number of the last event that the reader has.</param>
    /// <param name="merge">Whether neighbouring text events of one part come as one frame.</param>
    /// <param name="frame">The frame.</param>
    internal bool TryRead(int after, bool merge, out RunFrame frame)
    {
        var (entries, bytes, count) = Snapshot();
        // Outside the lock: what is written never changes, and many readers that replay must not hold the writer up.
        if (after >= count)
        {
            frame = default;
            return false;
        }
        var start = after == 0 ? 0 : entries[after - 1].End;
        var first = entries[after];
        var last = after;
        if (merge && first.Kind.IsText())
            while (last + 1 < count && entries[last + 1].Continues(first) && entries[last + 1].End - start <= MaxMergedPayload) last++;
        frame = new RunFrame(first.Kind, last + 1, first.Part, bytes.AsMemory(start, entries[last].End - start));
        return true;
    }

    /// <summary>The parts that are open after event number <paramref name="after"/>, in the order in which they began.</summary>
    /// <param name="after">The number of the last event that the reader has; beyond the end counts as the end.</param>
    /// <returns>The parts; none at the start and after the terminal event.</returns>
    public IReadOnlyList<OpenPart> OpenPartsAt(int after)
    {
        var (entries, bytes, count) = Snapshot();
        if (after > count) after = count;
        if (after == 0 || entries[after - 1].Kind.IsTerminal()) return [];
        (int Order, OpenPart Part)? text = null;
        var calls = new Dictionary<int, (int Order, OpenPart Part)>();
        for (var i = 0; i < after; i++)
        {
            var (end, kind, part) = entries[i];
            var partKind = kind.ToPartKind();
            if (partKind is not (PartKind.Text or PartKind.Reasoning or PartKind.ToolCall) || kind == EventKind.ToolResult) continue;
            if (partKind != PartKind.ToolCall)
            {
                if (text is not { Part: var open } || open.Kind != partKind || open.Number != part) text = (i, new OpenPart(partKind, part, default));
                continue;
            }
            // A tool call ends the text before it.
            text = null;
            var start = i == 0 ? 0 : entries[i - 1].End;
            if (kind == EventKind.ToolStart) calls[part] = (i, new OpenPart(partKind, part, bytes.AsMemory(start, end - start)));
            else if (kind == EventKind.ToolCall) calls.Remove(part);
        }
        var all = calls.Values.ToList();
        if (text is { } last) all.Add(last);
        return [.. all.OrderBy(one => one.Order).Select(one => one.Part)];
    }

    /// <summary>The events after <paramref name="after"/>, as a journal keeps them.</summary>
    internal RunSegment ToSegment(RunId run, int after)
    {
        Entry[] entries;
        byte[] bytes;
        int count;
        lock (_lock) (entries, bytes, count) = (_entries, _bytes, _count);
        var start = after == 0 ? 0 : entries[after - 1].End;
        var events = entries[after..count].Select(entry => new RunSegmentEvent(entry.Kind, entry.Part, entry.End - start)).ToList();
        return new RunSegment(run, after + 1, events, bytes.AsMemory(start, (count == 0 ? 0 : entries[count - 1].End) - start));
    }

    /// <summary>Appends what a journal kept, except for the terminal event.</summary>
    /// <exception cref="InvalidDataException">The segment does not follow what is there.</exception>
    internal void Append(RunSegment segment)
    {
        if (segment.First != Count + 1) throw new InvalidDataException($"The journal's segment begins with event {segment.First}, but event {Count + 1} is the next one.");
        var start = 0;
        foreach (var one in segment.Events)
        {
            var payload = segment.Bytes.Span[start..one.End];
            var chars = one.Kind == EventKind.Text ? JsonText.CountUtf16(payload) : 0;
            if (!one.Kind.IsTerminal()) Append(one.Kind, payload, (ushort)one.Part, chars);
            start = one.End;
        }
    }

    private (Entry[] Entries, byte[] Bytes, int Count) Snapshot()
    {
        lock (_lock) return (_entries, _bytes, _visible);
    }

    /// <summary>Registers a reader to be signalled; false when there is something to read, or to notice, right now.</summary>
    internal bool TryWait(RunReader reader)
    {
        lock (_lock)
        {
            if (reader.Position < _visible || reader.ConsumePendingWake()) return false;
            Debug.Assert(!reader.IsWaiting, "A reader waits once at a time.");
            reader.IsWaiting = true;
            reader.Previous = null;
            reader.Next = _waiting;
            if (_waiting is not null) _waiting.Previous = reader;
            _waiting = reader;
            return true;
        }
    }

    /// <summary>Wakes one reader without an event. One that is not waiting will not wait the next time.</summary>
    internal void Wake(RunReader reader)
    {
        lock (_lock)
        {
            if (!reader.IsWaiting)
            {
                reader.SetPendingWake();
                return;
            }
            if (reader.Previous is { } previous) previous.Next = reader.Next;
            else _waiting = reader.Next;
            if (reader.Next is { } next) next.Previous = reader.Previous;
            reader.IsWaiting = false;
            reader.Next = null;
        }
        reader.SignalAndNext(inline: false);
    }

    // A single reader is served by the thread that brought the token: no other thread need be woken. Many would hold the source up.
    private static void Signal(RunReader? woken, bool inline)
    {
        inline &= woken?.Next is null;
        while (woken is not null) woken = woken.SignalAndNext(inline);
    }

    private RunReader? DetachWaiting(bool immediate)
    {
        if (!immediate && _coalescer?.ShouldDefer() == true) return null;
        var first = _waiting;
        var count = 0;
        for (var reader = first; reader is not null; reader = reader.Next, count++) reader.IsWaiting = false;
        _waiting = null;
        if (count >= FanoutCoalescer.FanoutThreshold) _coalescer ??= new FanoutCoalescer(_time, () => WakeReaders(immediate: true));
        _coalescer?.OnWoken(count);
        return first;
    }

    // A finished log may be kept for a while: give the spare room back.
    private void Close()
    {
        _coalescer?.Dispose();
        Array.Resize(ref _bytes, _entries[_count - 1].End);
        Array.Resize(ref _entries, _count);
    }

    private readonly record struct Entry(int End, EventKind Kind, ushort Part)
    {
        public bool Continues(Entry first) => Kind == first.Kind && Part == first.Part;
    }
}
