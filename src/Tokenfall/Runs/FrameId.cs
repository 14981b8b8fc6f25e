using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tokenfall;

/// <summary>Names a position in a run's log: <c>{run}.{number}</c>, the <c>id:</c> of a frame and the value of <c>Last-Event-ID</c>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Number">The number of the last event covered, counted from 1; 0 is the position before the first.</param>
public readonly record struct FrameId(RunId Run, int Number)
{
    /// <summary>Reads <c>{run}.{number}</c>. Signs, spaces and leading zeros are refused, so that a position has one spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FrameId id)
    {
        id = default;
        if (text is null || text.Length < RunId.Length + 2 || text[RunId.Length] != '.'
            || !RunId.TryParse(text[..RunId.Length], out var run) || !TryParseNumber(text.AsSpan(RunId.Length + 1), out var number))
            return false;
        id = new FrameId(run, number);
        return true;
    }

    /// <summary>Reads the number of an event: decimal digits without a leading zero, or <c>0</c>.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        // TryParse alone would let trailing NUL characters through.
        return text.Length > 0 && (text.Length == 1 || text[0] != '0') && !text.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run}.{Number}");
}
