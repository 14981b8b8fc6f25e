using System.Globalization;

namespace Tokenfall.Attacks;

/// <summary>Which attacks to run, and for how long.</summary>
internal sealed record AttacksOptions
{
    /// <summary>A short run, to see that it works; its figures are not for publishing.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether to use what was published before.</summary>
    public bool NoPublish { get; init; }

    /// <summary>Whether the machine does other work, too; then <c>TOKENFALL_SCHEDULING=normal</c>, as docs/settings.md says.</summary>
    public bool Shared { get; init; }

    /// <summary>How many seconds each attack lasts.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>How often each is measured.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Names of the attacks wanted. Empty: all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <exception cref="ArgumentException">An argument is unknown or has an invalid value.</exception>
    public static AttacksOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new AttacksOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true, Seconds = 5 },
                "--no-publish" => options with { NoPublish = true },
                "--shared" => options with { Shared = true },
                "--seconds" => options with { Seconds = Number(args, ++i, 600) },
                "--rounds" => options with { Rounds = Number(args, ++i, 20) },
                "--attack" => options with { Names = [.. options.Names, Name(args, ++i)] },
                _ => throw new ArgumentException($"{args[i]} is unknown."),
            };
        }
        return options;
    }

    private static string Name(ReadOnlySpan<string> args, int at) =>
        at < args.Length && !args[at].StartsWith('-') ? args[at] : throw new ArgumentException($"{args[at - 1]} needs a name.");

    private static int Number(ReadOnlySpan<string> args, int at, int most) =>
        at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new ArgumentException($"{args[at - 1]} needs a number from 1 to {most.ToString(CultureInfo.InvariantCulture)}.");
}
