namespace Tokenfall.Load;

/// <summary>The open streams, and sums over those that have ended. Thread-safe.</summary>
internal sealed class LoadTally
{
    private readonly Lock _lock = new();
    private readonly HashSet<LoadStream> _open = [];
    private readonly Dictionary<Verdict, int> _ended = [];
    private readonly Dictionary<(Verdict, string), LoadProblem> _problems = [];
    private ulong? _text;
    private long _deltas, _frames, _bytes, _lost, _repeated;
    private int _started, _resumed, _peak;

    public void Start(LoadStream stream)
    {
        lock (_lock)
        {
            _started++;
            _open.Add(stream);
            _peak = Math.Max(_peak, _open.Count);
        }
    }

    /// <summary>Counts a stream that has ended; with <paramref name="sameText"/> its text must equal that of the others.</summary>
    public void End(LoadStream stream, Verdict verdict, bool sameText)
    {
        var check = stream.Check;
        lock (_lock)
        {
            if (verdict == Verdict.Complete && sameText && (_text ??= check.Hash) != check.Hash) verdict = Verdict.Changed;
            _open.Remove(stream);
            _ended[verdict] = _ended.GetValueOrDefault(verdict) + 1;
            _deltas += check.Deltas;
            _frames += check.Frames;
            _bytes += stream.Received;
            _lost += check.Lost;
            _repeated += check.Repeated;
            _resumed += stream.Resumed;
            if (ProblemOf(verdict, check) is { } problem) AddProblem(verdict, problem, stream.Status);
        }
    }

    /// <summary>A copy of the open streams.</summary>
    public LoadStream[] Open()
    {
        lock (_lock) return [.. _open];
    }

    /// <summary>The sums so far, open streams included.</summary>
    public LoadTotals Totals()
    {
        lock (_lock)
        {
            return new LoadTotals(
                _started, _open.Count, _peak, _resumed, new Dictionary<Verdict, int>(_ended), _lost, _repeated,
                _deltas + _open.Sum(stream => (long)stream.Check.Deltas), _frames + _open.Sum(stream => (long)stream.Check.Frames),
                _bytes + _open.Sum(stream => stream.Received),
                [.. _problems.Values.OrderByDescending(problem => problem.Count)]);
        }
    }

    // Messages of one kind differ in numbers and ids only, and begin alike.
    private void AddProblem(Verdict verdict, string problem, int status)
    {
        var kind = (verdict, new string([.. problem.Where(one => !char.IsAsciiDigit(one)).Take(24)]));
        _problems[kind] = _problems.TryGetValue(kind, out var known) ? known with { Count = known.Count + 1 } : new(verdict, 1, problem, status);
    }

    private static string? ProblemOf(Verdict verdict, LoadCheck check) => verdict switch
    {
        Verdict.Refused or Verdict.Broken => check.Problem,
        Verdict.Failed => check.Error,
        Verdict.Lost => $"{check.Lost} tokens or characters are missing",
        Verdict.Repeated => $"{check.Repeated} tokens or characters arrived twice",
        Verdict.Changed => "the text has the right length, but differs",
        _ => null,
    };
}
