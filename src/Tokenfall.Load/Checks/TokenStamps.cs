namespace Tokenfall.Load;

/// <summary>
/// Reads text in which every token carries its number and the time it was produced: <c>0@812345678901;1@812345698733;</c>.
/// The time is <see cref="System.Diagnostics.Stopwatch"/>'s, which on Linux all processes of a machine share.
/// </summary>
/// <param name="latency">Records the age of each token at its arrival.</param>
internal sealed class TokenStamps(DurationHistogram latency)
{
    private readonly StampScanner _scanner = new();
    private int _next;

    /// <summary>How many different tokens have arrived.</summary>
    public int Count => _next - Lost;

    /// <summary>How many tokens were skipped.</summary>
    public int Lost { get; private set; }

    /// <summary>How many tokens arrived again.</summary>
    public int Repeated { get; private set; }

    /// <summary>Whether text begins with such a token.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text) => text.StartsWith("0@"u8);

    /// <summary>Called at the end with the number of tokens that were expected.</summary>
    public void End(int tokens)
    {
        Lost += Math.Max(0, tokens - _next);
        _next = Math.Max(_next, tokens);
    }

    /// <summary>Reads the tokens in text, whatever else it contains.</summary>
    /// <param name="text">Text, or a whole frame in any format.</param>
    /// <param name="now">When it arrived.</param>
    public void Read(ReadOnlySpan<byte> text, long now)
    {
        while (_scanner.Next(ref text, out var number, out var produced)) Add(number, produced, now);
    }

    private void Add(int number, long produced, long now)
    {
        latency.Record(produced, now);
        if (number < _next)
        {
            Repeated++;
            return;
        }
        Lost += number - _next;
        _next = number + 1;
    }
}
