using System.Diagnostics;
using Tokenfall.Bench.Measure;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Checks the tokens <c>number@time;</c> in a body, whatever server sends it and in whatever envelope.</summary>
/// <param name="times">Takes how old each token was, and how long the first one took from now on.</param>
internal sealed class TokenCheck(TokenTimes? times = null) : IBodySink
{
    private readonly TaskCompletionSource _spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StampScanner _stamps = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private int _tokens;

    /// <summary>Tokens seen, in order and without a gap.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>The first thing that was wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Completes with the first token, or when something went wrong before it.</summary>
    public Task Spoke => _spoke.Task;

    public void Feed(ReadOnlySpan<byte> body)
    {
        while (_stamps.Next(ref body, out var number, out var produced)) Take(number, produced);
    }

    public void Fail(string problem)
    {
        Problem ??= problem;
        _spoke.TrySetResult();
    }

    /// <summary>Says how the response ended, and how many tokens there should have been.</summary>
    public void End(StreamEnd end, int expected)
    {
        if (Tokens != expected) Fail($"a reader got {Tokens} tokens of {expected}, and the response ended {end}");
        else if (end != StreamEnd.Clean) Fail($"a response ended {end} after its last token");
    }

    private void Take(int number, long produced)
    {
        if (number != _tokens) Fail($"token {number} came after {_tokens} tokens");
        if (times is { Watched: true }) Record(times, produced);
        Volatile.Write(ref _tokens, _tokens + 1);
        if (_tokens == 1) _spoke.TrySetResult();
    }

    private void Record(TokenTimes watched, long produced)
    {
        var now = Stopwatch.GetTimestamp();
        watched.Ages.Record(Stopwatch.GetElapsedTime(produced, now));
        if (_tokens == 0) watched.Firsts.Record(Stopwatch.GetElapsedTime(_began, now));
    }
}
