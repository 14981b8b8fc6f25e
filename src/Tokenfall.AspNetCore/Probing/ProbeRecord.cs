namespace Tokenfall.AspNetCore;

/// <summary>The server's record of one probe. All times are milliseconds since the start of the probe, so no two clocks are compared.</summary>
internal sealed class ProbeRecord(string id, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _began = time.GetTimestamp();
    private string _state = Running;
    private double? _endedMs;
    private double _lastWriteMs;
    private int _ticks;
    private int _heartbeats;

    public const string Running = "running";
    public const string Finished = "finished";
    public const string Aborted = "aborted";

    public string Id => id;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public int Ticks { get { lock (_lock) return _ticks; } }

    public int Heartbeats { get { lock (_lock) return _heartbeats; } }

    /// <summary>Records a completed write.</summary>
    public void Wrote(bool tick, bool heartbeat)
    {
        lock (_lock)
        {
            _lastWriteMs = Elapsed.TotalMilliseconds;
            if (tick) _ticks++;
            if (heartbeat) _heartbeats++;
        }
    }

    /// <summary>Records how the probe ended. Only the first call has an effect.</summary>
    public void End(string state)
    {
        lock (_lock)
        {
            if (_endedMs is not null) return;
            _state = state;
            _endedMs = Elapsed.TotalMilliseconds;
        }
    }

    public ProbeAnswer Answer()
    {
        lock (_lock) return new(id, _state, Round(_endedMs), Round(_lastWriteMs), _ticks, _heartbeats, Round(Elapsed.TotalMilliseconds));
    }

    private static double Round(double milliseconds) => Math.Round(milliseconds, 1);

    private static double? Round(double? milliseconds) => milliseconds is { } value ? Round(value) : null;
}

/// <summary>The answer to "how did my probe end?".</summary>
/// <param name="Probe">The probe's id.</param>
/// <param name="State"><c>running</c>, <c>finished</c>, or <c>aborted</c>: the application noticed that the reader disconnected, or the server ended the probe early.</param>
/// <param name="EndedMs">When it ended; null while it is running.</param>
/// <param name="LastWriteMs">When the last write completed.</param>
/// <param name="Ticks">Ticks written.</param>
/// <param name="Heartbeats">Comments written.</param>
/// <param name="NowMs">The probe's age when this answer was created.</param>
internal sealed record ProbeAnswer(string Probe, string State, double? EndedMs, double LastWriteMs, int Ticks, int Heartbeats, double NowMs);
