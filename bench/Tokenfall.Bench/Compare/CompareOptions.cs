using System.Globalization;

namespace Tokenfall.Bench.Compare;

/// <summary>What to compare, and for how long.</summary>
internal sealed record CompareOptions
{
    /// <summary>Measurements of each contender in each scenario.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>A short run, to see that it works; its figures are not for publishing.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether to repeat earlier measurements.</summary>
    public bool Fresh { get; init; }

    /// <summary>Names of the scenarios wanted; a prefix is enough. Empty: all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Names of the contenders wanted. Empty: all.</summary>
    public IReadOnlyList<string> Contenders { get; init; } = [];

    /// <exception cref="ArgumentException">An argument is unknown or has an invalid value.</exception>
    public static CompareOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new CompareOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true, Rounds = 1 },
                "--fresh" => options with { Fresh = true },
                "--rounds" => options with { Rounds = Number(args, ++i) },
                "--scenario" => options with { Scenarios = [.. options.Scenarios, Name(args, ++i)] },
                "--contender" => options with { Contenders = [.. options.Contenders, Name(args, ++i)] },
                _ => throw new ArgumentException($"{args[i]} is unknown."),
            };
        }
        return options;
    }

    private static string Name(ReadOnlySpan<string> args, int at) =>
        at < args.Length && !args[at].StartsWith('-') ? args[at] : throw new ArgumentException($"{args[at - 1]} needs a name.");

    private static int Number(ReadOnlySpan<string> args, int at) =>
        at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 20
            ? number
            : throw new ArgumentException($"{args[at - 1]} needs a number from 1 to 20.");
}
