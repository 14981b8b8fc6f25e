namespace Tokenfall.Cli.Load;

/// <summary>Checks one answer, over however many connections it comes.</summary>
/// <remarks>One thread at a time; counters may be read by others.</remarks>
internal abstract class LoadCheck(LoadPlan plan, LoadFigures figures) : IFrameSink
{
    private readonly TokenStamps _stamps = new(figures.Latency);
    private int _deltas;
    private int _frames;
    private long _lastDelta;

    /// <summary>Pieces of text so far.</summary>
    public int Deltas => Volatile.Read(ref _deltas);

    /// <summary>Frames of text so far; less than <see cref="Deltas"/> when some came merged.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>When the bytes at hand arrived, and when the request was sent; time stamps.</summary>
    public (long Arrived, long Asked) At { get; set; }

    /// <summary>Whether the terminal event came.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>The terminal event's code when it was <c>error</c>.</summary>
    public string? Error { get; protected set; }

    /// <summary>The first thing that was wrong with the form of the stream, or why there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is missing, and what came twice: tokens where they are numbered, otherwise characters.</summary>
    public long Lost { get; protected set; }

    /// <inheritdoc cref="Lost"/>
    public long Repeated { get; protected set; }

    /// <summary>Whether the text is as long as it should be, but other text.</summary>
    public bool IsChanged { get; protected set; }

    /// <summary>A hash of the text; 0 where texts are not compared.</summary>
    public virtual ulong Hash => 0;

    /// <summary>Where to go on reading, such as <c>Zk3vM0q2T5uXw8yB1cD4eA.41</c>; null when nothing says it.</summary>
    public virtual string? LastEventId => null;

    protected LoadPlan Plan { get; } = plan;

    protected TokenStamps Stamps => _stamps;

    public abstract void OnFrame(SseFrame frame);

    public void Fail(string problem) => Problem ??= problem;

    /// <summary>Says that the whole answer came, so that what is missing now is lost.</summary>
    public virtual void Complete()
    {
        // Text without stamps is told whole by done instead, but nothing else speaks for a server whose events are only counted.
        if (Plan.Tokens is { } tokens && (Plan.CountOnly || _stamps.Count > 0)) _stamps.End(tokens);
        Lost += _stamps.Lost;
        Repeated += _stamps.Repeated;
    }

    /// <summary>A new connection: the time since the last piece of text says nothing about the server.</summary>
    public void Reconnected() => _lastDelta = 0;

    protected void CountText(int deltas)
    {
        var now = At.Arrived;
        if (_deltas == 0) figures.FirstToken.Record(At.Asked, now);
        else if (_lastDelta != 0) figures.Gap.Record(_lastDelta, now);
        _lastDelta = now;
        Volatile.Write(ref _deltas, _deltas + deltas);
        Volatile.Write(ref _frames, _frames + 1);
    }
}
