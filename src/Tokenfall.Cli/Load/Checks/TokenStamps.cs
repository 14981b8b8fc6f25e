namespace Tokenfall.Cli.Load;

/// <summary>
/// Reads text in which every token says its number and when it was made: <c>0@812345678901;1@812345698733;</c>.
/// The time is <see cref="System.Diagnostics.Stopwatch"/>'s, which on Linux is the same for all processes of a machine.
/// </summary>
/// <param name="latency">Takes the age of each token at its arrival.</param>
internal sealed class TokenStamps(Histogram latency)
{
    private readonly StampScanner _scanner = new();
    private int _next;

    /// <summary>Tokens seen, each once.</summary>
    public int Count => _next - Lost;

    /// <summary>Tokens that were passed over.</summary>
    public int Lost { get; private set; }

    /// <summary>Tokens that came again.</summary>
    public int Repeated { get; private set; }

    /// <summary>Whether text begins like this.</summary>
    public static bool Begin(ReadOnlySpan<byte> text) => text.StartsWith("0@"u8);

    /// <summary>Says how many there should have been.</summary>
    public void End(int tokens)
    {
        Lost += Math.Max(0, tokens - _next);
        _next = Math.Max(_next, tokens);
    }

    /// <summary>Takes the stamps in text, among whatever else is there.</summary>
    /// <param name="text">Text, or a whole frame of any dialect.</param>
    /// <param name="now">When it arrived.</param>
    public void Read(ReadOnlySpan<byte> text, long now)
    {
        while (_scanner.Next(ref text, out var number, out var made)) Take(number, made, now);
    }

    private void Take(int number, long made, long now)
    {
        latency.Record(made, now);
        if (number < _next)
        {
            Repeated++;
            return;
        }
        Lost += number - _next;
        _next = number + 1;
    }
}
