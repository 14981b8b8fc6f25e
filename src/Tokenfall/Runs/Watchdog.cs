namespace Tokenfall;

/// <summary>Cancels a source that is too slow: to its first content, between contents, or in all.</summary>
/// <remarks>
/// Only the model's own time counts against the first two: they rest while a tool or the application is at work.
/// One timer a run, moved only when it fires: a token costs a time stamp, never a timer.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    private readonly UpstreamOptions _limits;
    private readonly TimeProvider _time;
    private readonly RunWriter _writer;
    private readonly CancellationTokenSource _late = new();
    private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start;
    private readonly ITimer _timer;
    private volatile string? _exceededLimit;

    public Watchdog(RunWriter writer, UpstreamOptions limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _writer = writer;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm(Remaining(out _));
    }

    public CancellationToken Late => _late.Token;

    /// <summary>Completes when a limit was exceeded, before any callback of <see cref="Late"/> runs.</summary>
    public Task Expired => _expired.Task;

    /// <summary>Which limit was exceeded, in words for the log; null while none was.</summary>
    public string? ExceededLimit => _exceededLimit;

    // Only the timer: its callback may be under way, and must find a source of the token that it can still cancel.
    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var remaining = Remaining(out var limit);
        if (remaining > TimeSpan.Zero)
        {
            Arm(remaining);
            return;
        }
        _exceededLimit = limit;
        _expired.TrySetResult();
        // Off the timer's stack: what a source's callback throws there would end the process.
        _ = _late.CancelAsync();
    }

    private TimeSpan Remaining(out string limit)
    {
        // The flags before the time stamp: the writer changes them after it, so that a new flag is never seen with an old stamp.
        var isPaused = _writer.IsPaused;
        var awaitsAnswer = _writer.AwaitsAnswer;
        var now = _time.GetTimestamp();
        var last = _writer.LastSign;
        var total = _limits.TotalTimeout - _time.GetElapsedTime(_start, now);
        var wait = awaitsAnswer ? _limits.FirstContentTimeout : _limits.ContentTimeout;
        var content = isPaused ? TimeSpan.MaxValue : wait - _time.GetElapsedTime(last == RunWriter.NoSign ? _start : last, now);
        limit = total <= content ? $"no complete answer within {_limits.TotalTimeout} (Tokenfall:Upstream:TotalTimeout)"
            : awaitsAnswer ? $"no content within {_limits.FirstContentTimeout} (Tokenfall:Upstream:FirstContentTimeout)"
            : $"no further content for {_limits.ContentTimeout} (Tokenfall:Upstream:ContentTimeout)";
        return total < content ? total : content;
    }

    // Never further than the content timeout: the first content may replace a long wait by that shorter one.
    // Timers count whole milliseconds: round up, or the last fraction would spin.
    private void Arm(TimeSpan due)
    {
        if (due > _limits.ContentTimeout) due = _limits.ContentTimeout;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }
}
