using System.Globalization;

namespace Tokenfall.Bench;

/// <summary>How to run a scenario. Where a number is not given, the scenario's own default applies.</summary>
internal sealed record BenchOptions
{
    /// <summary>Repetitions, each on fresh processes.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Whether the result is printed as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Readers, live runs, or stops in each phase.</summary>
    public int? Count { get; init; }

    /// <summary>How many seconds to measure.</summary>
    public int? Seconds { get; init; }

    /// <summary>For <c>idle</c>: a run for each reader instead of one for all.</summary>
    public bool Spread { get; init; }

    /// <summary>For <c>stop</c>: behind nginx with the shipped site.</summary>
    public bool Nginx { get; init; }

    /// <exception cref="ArgumentException">An argument is unknown or has an invalid value.</exception>
    public static BenchOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = true },
                "--spread" => options with { Spread = true },
                "--nginx" => options with { Nginx = true },
                "--runs" => options with { Runs = Number(args, ++i, 20) },
                "--count" => options with { Count = Number(args, ++i, 100_000) },
                "--seconds" => options with { Seconds = Number(args, ++i, 600) },
                _ => throw new ArgumentException($"{args[i]} is unknown."),
            };
        }
        return options;
    }

    private static int Number(ReadOnlySpan<string> args, int at, int most) =>
        at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new ArgumentException($"{args[at - 1]} needs a number from 1 to {most.ToString(CultureInfo.InvariantCulture)}.");
}
