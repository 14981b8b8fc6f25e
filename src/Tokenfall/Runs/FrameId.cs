using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tokenfall;

/// <summary>Names a position in a run's log: <c>{run}.{number}</c>, the <c>id:</c> of a frame and the value of <c>Last-Event-ID</c>.</summary>
public readonly record struct FrameId
{
    /// <summary>Creates the id.</summary>
    /// <param name="run">The run.</param>
    /// <param name="number">The number of the last event covered, counted from 1; 0 is the position before the first.</param>
    public FrameId(RunId run, int number)
    {
        Run = run;
        Number = number;
    }

    /// <summary>The run.</summary>
    public RunId Run { get; init; }

    /// <summary>The number of the last event covered, counted from 1; 0 is the position before the first.</summary>
    public int Number { get; init; }

    /// <summary>Reads <c>{run}.{number}</c>. Signs, spaces and leading zeros are refused, so that a position has one spelling.</summary>
    /// <param name="text">The text, such as the value of <c>Last-Event-ID</c>.</param>
    /// <param name="id">The id; the default value if the text is malformed.</param>
    /// <returns>False if the text is malformed.</returns>
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
    /// <param name="text">The text, such as the value of <c>?after=</c>.</param>
    /// <param name="number">The number; 0 if the text is malformed.</param>
    /// <returns>False if the text is malformed, or the number is larger than <see cref="int.MaxValue"/>.</returns>
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
