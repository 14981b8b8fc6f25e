using System.Diagnostics;
using Tokenfall.Bench.Measure;
using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Load;

/// <summary>
/// Finds the tokens <c>number@timestamp;</c> in a body, whatever is around them: so one reader reads what any server sends.
/// </summary>
/// <param name="times">Takes how old each token was, and how long the first one took from now on.</param>
internal sealed class TokenCheck(TokenTimes? times = null) : IBodySink
{
    private const int Number = 0, Stamp = 1;

    private readonly TaskCompletionSource _spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = Stopwatch.GetTimestamp();
    private int _state;
    private bool _digits;
    private long _value;
    private long _number;
    private int _tokens;

    /// <summary>Tokens seen, in order and without a gap.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>The first thing that was wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Completes with the first token, or when something went wrong before it.</summary>
    public Task Spoke => _spoke.Task;

    public void Feed(ReadOnlySpan<byte> body)
    {
        foreach (var one in body)
        {
            if (one is >= (byte)'0' and <= (byte)'9')
            {
                _value = _digits ? _value * 10 + one - '0' : one - '0';
                _digits = true;
            }
            else if (_digits && one == '@' && _state == Number) (_number, _state, _digits) = (_value, Stamp, false);
            else if (_digits && one == ';' && _state == Stamp) Take();
            else (_state, _digits) = (Number, false);
        }
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

    private void Take()
    {
        if (_number != _tokens) Fail($"token {_number} came after {_tokens} tokens");
        if (times is { Watched: true }) Record(times);
        Volatile.Write(ref _tokens, _tokens + 1);
        (_state, _digits) = (Number, false);
        if (_tokens == 1) _spoke.TrySetResult();
    }

    private void Record(TokenTimes watched)
    {
        var now = Stopwatch.GetTimestamp();
        watched.Ages.Record(Stopwatch.GetElapsedTime(_value, now));
        if (_tokens == 0) watched.Firsts.Record(Stopwatch.GetElapsedTime(_began, now));
    }
}
