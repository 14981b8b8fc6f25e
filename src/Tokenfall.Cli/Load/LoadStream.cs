using System.Diagnostics;

namespace Tokenfall.Cli.Load;

/// <summary>One answer, asked for and read to its end: over one connection, or over several when it cuts and continues.</summary>
internal sealed class LoadStream : IBodySink
{
    // A reader that cuts does so this often, each time after so many pieces of text at most.
    private const int MostCuts = 3;
    private const int MostBetweenCuts = 60;

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
    private int _cutsLeft;
    private int _leaveAt = int.MaxValue;
    private long _received;
    private long _arrived = Stopwatch.GetTimestamp();
    private volatile GivenUp? _givenUp;

    public LoadStream(LoadPlan plan, LoadFigures figures, StreamTarget target, LoadRequests requests, int number)
    {
        (_plan, _figures, _target, _requests, _random) = (plan, figures, target, requests, new Random(unchecked((plan.Seed * 397) ^ (number * -1640531527))));
        _check = plan.CountOnly ? new PlainCheck(plan, figures) : new TokenfallCheck(plan, figures);
        Leaves = _random.NextDouble() < plan.Disconnects;
        if (!Leaves && _random.NextDouble() < plan.Resumes) _cutsLeft = MostCuts;
        _slow = _random.NextDouble() < plan.Slow;
        if (Leaves || _cutsLeft > 0) _leaveAt = _random.Next(1, MostBetweenCuts + 1);
        (_frames, _client) = Open();
    }

    /// <summary>Whether it leaves in mid-answer.</summary>
    public bool Leaves { get; }

    /// <summary>Connections beyond the first.</summary>
    public int Resumed { get; private set; }

    /// <summary>Bytes received so far.</summary>
    public long Received => _received + _client.Received;

    /// <summary>When bytes came last; a time stamp.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>What was read so far.</summary>
    public LoadCheck Check => _check;

    /// <summary>Reads the answer to its end.</summary>
    /// <param name="connected">Called once: when the first connection stands, or when there was none.</param>
    public async Task<Verdict> RunAsync(Action connected)
    {
        _connected = connected;
        var request = _requests.Ask;
        while (true)
        {
            var end = await _client.RunAsync(request);
            _client.Dispose();
            SayConnected();
            if (_givenUp is { } givenUp) return givenUp.Verdict;
            if (_check.IsOver || _check.LastEventId is not { } last || !MayContinue(end)) return Judge(end);
            request = _requests.Continue(last);
            _received += _client.Received;
            Resumed++;
            _check.Reconnected();
            (_frames, _client) = Open();
            // Given up just now, when the connection before this one had gone.
            if (_givenUp is not null) _client.Leave();
        }
    }

    /// <summary>Leaves before the end.</summary>
    /// <param name="verdict">What becomes of it.</param>
    /// <param name="problem">What was wrong with it, if anything.</param>
    public void GiveUp(Verdict verdict, string? problem = null)
    {
        _givenUp ??= new(verdict);
        if (problem is not null) _check.Fail(problem);
        _client.Leave();
    }

    public void Feed(ReadOnlySpan<byte> body)
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _arrived, now);
        _check.At = (now, _check.At.Asked);
        _frames.Feed(body);
        if (_check.Deltas >= _leaveAt && !_check.IsOver) _client.Leave();
    }

    public void Fail(string problem) => _check.Fail(problem);

    private void SayConnected() => Interlocked.Exchange(ref _connected, null)?.Invoke();

    private (FrameScanner, StreamClient) Open()
    {
        var began = Stopwatch.GetTimestamp();
        return (new FrameScanner(_check, strict: !_plan.CountOnly), new StreamClient(_target, this)
        {
            BytesPerSecond = _slow ? _plan.SlowRate : 0,
            Connected = () =>
            {
                _figures.Connect.Record(began, Stopwatch.GetTimestamp());
                SayConnected();
                if (_check.At.Asked == 0) _check.At = (0, Stopwatch.GetTimestamp());
            },
        });
    }

    // A client that can resume also does when the server cuts: servers rotate connections, and deploys happen.
    private bool MayContinue(StreamEnd end)
    {
        if (Leaves || _plan.Resumes == 0 || end == StreamEnd.Clean || _client.Status != 200) return false;
        if (end == StreamEnd.Left && --_cutsLeft <= 0) _leaveAt = int.MaxValue;
        else if (end == StreamEnd.Left) _leaveAt = _check.Deltas + _random.Next(1, MostBetweenCuts + 1);
        return end == StreamEnd.Left || Resumed < MostCuts * 2;
    }

    private Verdict Judge(StreamEnd end)
    {
        if (_client.Status is not 200 and not 204) return Verdict.Refused;
        if (end == StreamEnd.Left) return _check.Problem is null ? Verdict.Left : Verdict.Broken;
        if (end == StreamEnd.Clean && (_plan.CountOnly || _check.IsOver) && _check.Error is null) _check.Complete();
        else if (end == StreamEnd.Cut) _check.Fail($"the response was cut after {_check.Deltas} pieces of text");
        else if (!_check.IsOver) _check.Fail($"the response ended cleanly after {_check.Deltas} pieces of text, without a terminal event");
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

    // A reference, so that the thread that reads sees it whole.
    private sealed record GivenUp(Verdict Verdict);
}
