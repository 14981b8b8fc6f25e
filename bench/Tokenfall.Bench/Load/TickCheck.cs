using System.Diagnostics;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Checks that no token of a <see cref="Serve.TickSource"/> is missing, and measures how old each one is.</summary>
/// <param name="ages">Records the ages.</param>
internal sealed class TickCheck(DurationHistogram? ages) : StreamCheck
{
    private readonly StampScanner _stamps = new();
    private int _next;

    /// <summary>How many tokens arrived, in order and without a gap.</summary>
    public int Tokens => _next;

    /// <summary>A hash of every byte of text, to compare readers by.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    protected override void OnText(ReadOnlySpan<byte> escaped)
    {
        foreach (var one in escaped) Hash = (Hash ^ one) * 1099511628211;
        while (_stamps.Next(ref escaped, out var number, out var produced))
        {
            if (number != _next) Fail($"token {number} came after {_next} tokens");
            ages?.Record(Stopwatch.GetElapsedTime(produced));
            _next++;
        }
    }
}
