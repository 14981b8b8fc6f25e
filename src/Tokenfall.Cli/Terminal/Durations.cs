using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Tokenfall.Cli.Terminal;

/// <summary>Durations as people type them: <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c>, or <c>00:00:30</c>.</summary>
internal static class Durations
{
    // More than anybody needs, and less than timers can wait for.
    private static readonly TimeSpan Max = TimeSpan.FromHours(500);

    /// <summary>Creates an option whose value is a duration.</summary>
    /// <param name="name">Such as <c>--duration</c>.</param>
    /// <param name="description">What it means, and its default.</param>
    public static Option<TimeSpan?> Option(string name, string description) =>
        new(name) { Description = description, CustomParser = Parse, HelpName = "time" };

    /// <summary>Parses a duration; null when the text is not one, or longer than 500 hours.</summary>
    public static TimeSpan? Parse(string text)
    {
        var digits = text.TakeWhile(one => char.IsAsciiDigit(one) || one == '.').Count();
        if (double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            double? seconds = text[digits..] switch { "ms" => number / 1000, "s" => number, "m" => number * 60, "h" => number * 3600, _ => null };
            if (seconds is { } known) return known <= Max.TotalSeconds ? TimeSpan.FromSeconds(known) : null;
        }
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.Zero && span <= Max ? span : null;
    }

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var duration = Parse(result.Tokens[0].Value);
        if (duration is null) result.AddError($"{result.Tokens[0].Value} is not a duration of at most 500h. Write 500ms, 30s, 2m, 1h or 00:00:30.");
        return duration;
    }
}
