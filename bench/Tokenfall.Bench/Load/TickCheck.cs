using System.Buffers.Text;
using System.Diagnostics;
using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Checks that no token of a <see cref="Serve.TickSource"/> is missing, and how old each one is.</summary>
/// <param name="ages">Takes the ages.</param>
internal sealed class TickCheck(Histogram? ages) : StreamCheck
{
    private int _next;

    /// <summary>Tokens seen, in order and without a gap.</summary>
    public int Tokens => _next;

    /// <summary>A hash of every byte of text, to compare readers by.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    protected override void OnText(ReadOnlySpan<byte> escaped)
    {
        foreach (var one in escaped) Hash = (Hash ^ one) * 1099511628211;
        while (!escaped.IsEmpty)
        {
            var end = escaped.IndexOf((byte)';');
            if (end < 0 || !Read(escaped[..end]))
            {
                Fail($"token {_next} is missing or torn");
                return;
            }
            escaped = escaped[(end + 1)..];
        }
    }

    private bool Read(ReadOnlySpan<byte> token)
    {
        if (!Utf8Parser.TryParse(token, out int number, out var digits) || number != _next || digits == token.Length) return false;
        if (!Utf8Parser.TryParse(token[(digits + 1)..], out long made, out _)) return false;
        ages?.Record(Stopwatch.GetElapsedTime(made));
        _next++;
        return true;
    }
}
