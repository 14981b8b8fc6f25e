using System.Diagnostics;
using Tokenfall.Bench.Measure;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Checks the tokens <c>number@time;</c> in a body of any format.</summary>
/// <param name="times">Records the age of each token, and the time to the first one from now on.</param>
internal sealed class TokenCheck(TokenTimes? times = null) : IBodySink
{
    private readonly TaskCompletionSource _firstToken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StampScanner _stamps = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private int _tokens;

    /// <summary>How many tokens arrived, in order and without a gap.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>The first thing that was wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Completes with the first token, or when something went wrong before it.</summary>
    public Task FirstToken => _firstToken.Task;

    public void Feed(ReadOnlySpan<byte> body)
    {
        while (_stamps.Next(ref body, out var number, out var produced)) Count(number, produced);
    }

    public void Fail(string problem)
    {
        Problem ??= problem;
        _firstToken.TrySetResult();
    }

    /// <summary>Called when the response has ended, with the number of tokens that were expected.</summary>
    public void End(StreamEnd end, int expected)
    {
        if (Tokens != expected) Fail($"a reader got {Tokens} tokens of {expected}, and the response ended {end}");
        else if (end != StreamEnd.Clean) Fail($"a response ended {end} after its last token");
    }

    private void Count(int number, long produced)
    {
        if (number != _tokens) Fail($"token {number} came after {_tokens} tokens");
        if (times is { IsRecording: true }) Record(times, produced);
        Volatile.Write(ref _tokens, _tokens + 1);
        if (_tokens == 1) _firstToken.TrySetResult();
    }

    private void Record(TokenTimes watched, long produced)
    {
        var now = Stopwatch.GetTimestamp();
        watched.Ages.Record(Stopwatch.GetElapsedTime(produced, now));
        if (_tokens == 0) watched.Firsts.Record(Stopwatch.GetElapsedTime(_began, now));
    }
}
