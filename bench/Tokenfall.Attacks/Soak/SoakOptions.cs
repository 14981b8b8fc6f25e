using System.Globalization;

namespace Tokenfall.Attacks.Soak;

/// <summary>How long to soak, and what.</summary>
internal sealed record SoakOptions
{
    /// <summary>How long.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far apart the rows of the table are.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Decides what happens, and when. It is printed, to repeat a run.</summary>
    public int Seed { get; init; } = Random.Shared.Next(1_000_000);

    /// <summary>How busy the server is to be, in percent of a core.</summary>
    public int Cpu { get; init; } = 50;

    /// <summary>The server's assembly; <see langword="null"/> to publish the server.</summary>
    public string? Server { get; init; }

    /// <exception cref="ArgumentException">An argument is unknown or has an invalid value.</exception>
    public static SoakOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new SoakOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--duration" => options with { Duration = Time(args, ++i) },
                "--interval" => options with { Interval = Time(args, ++i) },
                "--seed" => options with { Seed = Number(args, ++i, int.MaxValue) },
                "--cpu" => options with { Cpu = Number(args, ++i, 100) },
                "--server" => options with { Server = ++i < args.Length ? args[i] : throw new ArgumentException("--server needs a path.") },
                _ => throw new ArgumentException($"{args[i]} is unknown."),
            };
        }
        return options;
    }

    private static TimeSpan Time(ReadOnlySpan<string> args, int at) =>
        at < args.Length && TimeSpan.TryParseExact(args[at], "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(5)
            ? time
            : throw new ArgumentException($"{args[at - 1]} needs a time of 5 s or more, such as 00:45:00.");

    private static int Number(ReadOnlySpan<string> args, int at, int most) =>
        at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new ArgumentException($"{args[at - 1]} needs a number from 1 to {most.ToString(CultureInfo.InvariantCulture)}.");
}
