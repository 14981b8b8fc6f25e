using System.Diagnostics;

namespace Tokenfall;

/// <summary>A run's append-only list of events, numbered from 1: the only thing that readers read.</summary>
/// <remarks>
/// Payloads lie end to end in one array, so neighbouring deltas are one slice: merging them for a reader that fell behind
/// is free. Bytes once written never change; when the array is full a larger copy takes over and older views stay valid.
/// One writer (the pump), any number of readers; all members are thread-safe.
/// </remarks>
public sealed class RunLog
{
    /// <summary>
    /// Largest payload of a merged frame, in bytes. A slow reader that is cut gets on by whole frames only, so they must not be too
    /// large for it; a replay must not be too many.
    /// </summary>
    public const int MaxMergedPayload = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    // Small, because many runs wait for their first token; what grows doubles.
    private byte[] _bytes = new byte[256];
    private Entry[] _entries = new Entry[16];
    private int _count;
    private int _chars;
    private bool _sealed;
    private RunReader? _waiting;
    // Made for the first crowd: most logs have one reader.
    private FanoutCoalescer? _coalescer;

    internal RunLog(TimeProvider time) => _time = time;

    /// <summary>How many events there are; also the number of the last one.</summary>
    public int Count { get { lock (_lock) return _count; } }

    /// <summary>Whether the terminal event is there. Nothing follows it.</summary>
    public bool IsComplete { get { lock (_lock) return Ended; } }

    /// <summary>Whether a reader at this position has everything there will ever be.</summary>
    public bool IsReadTo(int position) { lock (_lock) return Ended && position >= _count; }

    /// <summary>Memory held, in bytes.</summary>
    public int Size { get { lock (_lock) return _bytes.Length + _entries.Length * Entry.Size; } }

    /// <summary>Length of all delta text, in UTF-16 code units.</summary>
    internal int Chars { get { lock (_lock) return _chars; } }

    private bool Ended => _count > 0 && _entries[_count - 1].Kind.IsTerminal();

    /// <summary>From now on takes nothing but the terminal event.</summary>
    internal void Seal() { lock (_lock) _sealed = true; }

    /// <summary>Appends an event and wakes the readers that wait; a crowd of them as <see cref="FanoutCoalescer"/> says, at the end at once.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="chars">What it adds to <see cref="Chars"/>.</param>
    /// <param name="wake">False leaves the readers to <see cref="WakeReaders"/>.</param>
    /// <exception cref="InvalidOperationException">The log is sealed, or has its terminal event already.</exception>
    internal void Append(EventKind kind, ReadOnlySpan<byte> payload, int chars = 0, bool wake = true)
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
            _entries[_count++] = new Entry(end, kind);
            _chars += chars;
            if (kind.IsTerminal()) Close();
            woken = wake ? DetachWaiting(immediate: kind.IsTerminal()) : null;
        }
        // What follows a response's end is the application's code, and must not run on the source's thread.
        Signal(woken, inline: !kind.IsTerminal());
    }

    /// <summary>Wakes the readers that wait: there is something to read.</summary>
    /// <param name="immediate">A crowd too, whatever its pace says.</param>
    internal void WakeReaders(bool immediate = false)
    {
        RunReader? woken;
        lock (_lock) woken = DetachWaiting(immediate);
        Signal(woken, inline: true);
    }

    /// <summary>The frame after event number <paramref name="after"/>; false when the reader has everything there is.</summary>
    internal bool TryRead(int after, out RunFrame frame)
    {
        Entry[] entries;
        byte[] bytes;
        int count;
        lock (_lock) (entries, bytes, count) = (_entries, _bytes, _count);
        // Outside the lock: what is written never changes, and a crowd that replays must not hold the writer up.
        if (after >= count)
        {
            frame = default;
            return false;
        }
        var start = after == 0 ? 0 : entries[after - 1].End;
        var kind = entries[after].Kind;
        var last = after;
        if (kind.IsText())
            while (last + 1 < count && entries[last + 1].Kind == kind && entries[last + 1].End - start <= MaxMergedPayload) last++;
        frame = new RunFrame(kind, last + 1, bytes.AsMemory(start, entries[last].End - start));
        return true;
    }

    /// <summary>Registers a reader to be signalled; false when there is something to read, or to notice, right now.</summary>
    internal bool TryWait(RunReader reader)
    {
        lock (_lock)
        {
            if (reader.Position < _count || reader.ConsumePendingWake()) return false;
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

    // One reader is served by the thread that brought the token: no other need be woken. A crowd would hold the source up.
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

    private readonly record struct Entry(int End, EventKind Kind)
    {
        public const int Size = 8;
    }
}
