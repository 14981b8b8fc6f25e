using System.Buffers.Text;
using System.Globalization;

namespace Tokenfall.Testing.Scripts;

/// <summary>Tokens such as <c>12@0000000812345678901;</c>: a number, and a placeholder for the time at which it is sent.</summary>
internal static class StampedTokens
{
    private const int Digits = 19;

    private static ReadOnlySpan<byte> Placeholder => "@0000000000000000000;"u8;

    internal static IReadOnlyList<string> Make(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number}@{0:D19};"))];
    }

    /// <summary>Writes the time into every placeholder in these frames.</summary>
    internal static void Fill(Span<byte> frames, long timestamp)
    {
        for (int at; (at = frames.IndexOf(Placeholder)) >= 0; frames = frames[(at + Placeholder.Length)..])
            Utf8Formatter.TryFormat(timestamp, frames.Slice(at + 1, Digits), out _, new('D', Digits));
    }
}
