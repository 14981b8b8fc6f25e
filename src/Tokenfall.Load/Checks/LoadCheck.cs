namespace Tokenfall.Load;

/// <summary>Checks one answer, over however many connections it arrives.</summary>
/// <remarks>For one thread at a time; other threads may read the counters.</remarks>
internal abstract class LoadCheck(LoadPlan plan, LoadFigures figures) : IFrameSink
{
    private readonly TokenStamps _stamps = new(figures.Latency);
    private int _deltas;
    private int _frames;
    private long _lastDelta;

    /// <summary>How many deltas have arrived.</summary>
    public int Deltas => Volatile.Read(ref _deltas);

    /// <summary>How many frames they arrived in; fewer than <see cref="Deltas"/> when the server merged some.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>When the current bytes arrived, and when the request was sent; timestamps.</summary>
    public (long Arrived, long Requested) Timing { get; set; }

    /// <summary>Whether the terminal event has arrived.</summary>
    public bool HasEnded { get; protected set; }

    /// <summary>The terminal event's code when it was <c>error</c>.</summary>
    public string? Error { get; protected set; }

    /// <summary>The first thing that was wrong with the stream, or why there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>How much is missing: tokens where they are numbered, otherwise characters.</summary>
    public long Lost { get; protected set; }

    /// <summary>How much arrived twice, in the same unit.</summary>
    public long Repeated { get; protected set; }

    /// <summary>Whether the text has the right length but differs.</summary>
    public bool IsChanged { get; protected set; }

    /// <summary>A hash of the text; 0 where texts are not compared.</summary>
    public virtual ulong Hash => 0;

    /// <summary>The event to resume after, such as <c>Zk3vM0q2T5uXw8yB1cD4eA.41</c>; null before the first one.</summary>
    public virtual string? LastEventId => null;

    protected LoadPlan Plan { get; } = plan;

    protected TokenStamps Stamps => _stamps;

    public abstract void OnFrame(SseFrame frame);

    public void Fail(string problem) => Problem ??= problem;

    /// <summary>Called when the answer is complete: what has not arrived by now is lost.</summary>
    public virtual void Complete()
    {
        // Without timestamps the done event tells whether text is missing; where events are only counted, the timestamps must.
        if (Plan.Tokens is { } tokens && (Plan.CountOnly || _stamps.Count > 0)) _stamps.End(tokens);
        Lost += _stamps.Lost;
        Repeated += _stamps.Repeated;
    }

    /// <summary>Called on a new connection: the time since the last delta then says nothing about the server.</summary>
    public void Reconnected() => _lastDelta = 0;

    protected void CountText(int deltas)
    {
        var now = Timing.Arrived;
        if (_deltas == 0) figures.FirstToken.Record(Timing.Requested, now);
        else if (_lastDelta != 0) figures.Gap.Record(_lastDelta, now);
        _lastDelta = now;
        Volatile.Write(ref _deltas, _deltas + deltas);
        Volatile.Write(ref _frames, _frames + 1);
    }
}
