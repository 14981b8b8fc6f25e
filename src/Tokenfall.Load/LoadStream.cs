using System.Diagnostics;

namespace Tokenfall.Load;

/// <summary>Requests one answer and reads it to its end: over one connection, or over several when it drops and resumes.</summary>
internal sealed class LoadStream : IBodySink
{
    // A stream that drops its connection does so this often, each time after at most so many more deltas.
    private const int MaxDrops = 3;
    private const int MaxDeltasBetweenDrops = 60;

    private readonly LoadPlan _plan;
    private readonly LoadFigures _figures;
    private readonly StreamTarget _target;
    private readonly LoadRequests _requests;
    private readonly Random _random;
    private readonly LoadCheck _check;
    private readonly bool _slow;
    private FrameScanner _frames;
    private StreamClient _client;
    private Action? _connected;
    private int _dropsLeft;
    private int _dropAtDelta = int.MaxValue;
    private long _received;
    private long _lastReceived = Stopwatch.GetTimestamp();
    private volatile AbortReason? _aborted;

    public LoadStream(LoadPlan plan, LoadFigures figures, StreamTarget target, LoadRequests requests, int number)
    {
        (_plan, _figures, _target, _requests, _random) = (plan, figures, target, requests, new Random(unchecked((plan.Seed * 397) ^ (number * -1640531527))));
        _check = plan.CountOnly ? new PlainCheck(plan, figures) : new TokenfallCheck(plan, figures);
        Disconnects = _random.NextDouble() < plan.DisconnectShare;
        if (!Disconnects && _random.NextDouble() < plan.ResumeShare) _dropsLeft = MaxDrops;
        _slow = _random.NextDouble() < plan.SlowShare;
        if (Disconnects || _dropsLeft > 0) _dropAtDelta = _random.Next(1, MaxDeltasBetweenDrops + 1);
        (_frames, _client) = Open();
    }

    /// <summary>Whether it disconnects for good in mid-answer.</summary>
    public bool Disconnects { get; }

    /// <summary>How many connections there were beyond the first.</summary>
    public int Resumed { get; private set; }

    /// <summary>Bytes received so far.</summary>
    public long Received => _received + _client.Received;

    /// <summary>The status of the last response; 0 before it arrives.</summary>
    public int Status => _client.Status;

    /// <summary>When bytes last arrived; a timestamp of <see cref="Stopwatch"/>.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>Checks what arrives.</summary>
    public LoadCheck Check => _check;

    /// <summary>Reads the answer to its end.</summary>
    /// <param name="connected">Called once: when the first connection is open, or has failed.</param>
    public async Task<Verdict> RunAsync(Action connected)
    {
        _connected = connected;
        var request = _requests.Start;
        while (true)
        {
            var end = await _client.RunAsync(request);
            _client.Dispose();
            ReportConnected();
            if (_aborted is { } reason) return reason.Verdict;
            if (_check.HasEnded || _check.LastEventId is not { } last || !MayResume(end)) return Judge(end);
            request = _requests.Resume(last);
            _received += _client.Received;
            Resumed++;
            _check.Reconnected();
            (_frames, _client) = Open();
            // Abort may have been called between the two connections.
            if (_aborted is not null) _client.Abort();
        }
    }

    /// <summary>Disconnects before the end.</summary>
    /// <param name="verdict">What the stream is judged to be.</param>
    /// <param name="problem">What was wrong with it, if anything.</param>
    public void Abort(Verdict verdict, string? problem = null)
    {
        _aborted ??= new(verdict);
        if (problem is not null) _check.Fail(problem);
        _client.Abort();
    }

    public void Feed(ReadOnlySpan<byte> body)
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _lastReceived, now);
        _check.Timing = (now, _check.Timing.Requested);
        _frames.Feed(body);
        if (_check.Deltas >= _dropAtDelta && !_check.HasEnded) _client.Abort();
    }

    public void Fail(string problem) => _check.Fail(problem);

    private void ReportConnected() => Interlocked.Exchange(ref _connected, null)?.Invoke();

    private (FrameScanner, StreamClient) Open()
    {
        var opened = Stopwatch.GetTimestamp();
        return (new FrameScanner(_check, strict: !_plan.CountOnly), new StreamClient(_target, this)
        {
            BytesPerSecond = _slow ? _plan.SlowBytesPerSecond : 0,
            Connected = () =>
            {
                _figures.Connect.Record(opened, Stopwatch.GetTimestamp());
                ReportConnected();
                if (_check.Timing.Requested == 0) _check.Timing = (0, Stopwatch.GetTimestamp());
            },
        });
    }

    // A client that can resume also does so when the server closes the connection: servers rotate connections, and deployments happen.
    private bool MayResume(StreamEnd end)
    {
        if (Disconnects || _plan.ResumeShare == 0 || end == StreamEnd.Clean || _client.Status != 200) return false;
        if (end == StreamEnd.Aborted && --_dropsLeft <= 0) _dropAtDelta = int.MaxValue;
        else if (end == StreamEnd.Aborted) _dropAtDelta = _check.Deltas + _random.Next(1, MaxDeltasBetweenDrops + 1);
        return end == StreamEnd.Aborted || Resumed < MaxDrops * 2;
    }

    private Verdict Judge(StreamEnd end)
    {
        if (_client.Status is not 200 and not 204) return Verdict.Refused;
        // The bytes that made it drop its connection had the end of the answer, too.
        if (end == StreamEnd.Aborted && _check.HasEnded && !Disconnects) end = StreamEnd.Clean;
        if (end == StreamEnd.Aborted) return _check.Problem is null ? Verdict.Left : Verdict.Broken;
        if (end == StreamEnd.Clean && (_plan.CountOnly || _check.HasEnded) && _check.Error is null) _check.Complete();
        else if (end == StreamEnd.Cut) _check.Fail($"the response was cut after {_check.Deltas} deltas");
        else if (!_check.HasEnded) _check.Fail($"the response ended cleanly after {_check.Deltas} deltas, without a terminal event");
        return _check switch
        {
            { Problem: not null } => Verdict.Broken,
            { Error: not null } => Verdict.Failed,
            { Lost: > 0 } => Verdict.Lost,
            { Repeated: > 0 } => Verdict.Repeated,
            { IsChanged: true } => Verdict.Changed,
            _ => Verdict.Complete,
        };
    }

    // A reference type, so that it can be volatile.
    private sealed record AbortReason(Verdict Verdict);
}
