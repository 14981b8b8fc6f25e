using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Tokenfall.Attacks.Measure;

/// <summary>The table, with what is needed to judge it.</summary>
internal static class AttackPage
{
    private const double MostMemory = 200, MostRatio = 1.5;

    public static async Task<string> WriteAsync(IReadOnlyList<AttackRow> rows, AttacksOptions options)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Attacks

            Written by `dotnet run -c Release --project bench/Tokenfall.Attacks{Arguments(options)}`: {SignInServer.Streams} honest streams at {HonestStreams.TokensPerSecond} tokens/s, in answers of 5 s one after
            another, on the published server with its defaults (25 accounts, each with the 4 answers that it may have at once), and under each attack, {options.Seconds} s long. Then the same
            on a bare Kestrel relay (`rivals/aspnetcore-relay`), which gets the same requests; what it does not know, such as a sign-in or a key, it answers with 404 or 405, at no cost.

            {await MachineAsync()}{(options.Shared ? "\nOther programs ran on both cores meanwhile: compare only figures of the same line, and see *quiet*. So the server runs with `TOKENFALL_SCHEDULING=normal` (docs/settings.md)." : "")}

            The first 3 s of each attack are not measured: in them, code is compiled that the honest streams never use.

            *Broken* must be 0. *Memory* is the most above that of the quiet server, and must stay within {MostMemory} MB. *p99* is the age of a token at its reader, in ms, 99th percentile;
            the *ratio* to the relay is to stay within {MostRatio}.

            | Attack | Broken | Memory | p99 quiet | p99 | Relay: broken | memory | p99 quiet | p99 | Ratio | |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|

            """);
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {row.Flood.Title} | {row.Broken} | {row.Memory:F0} MB | {row.Quiet:F1} | {row.Slowest:F1} | {row.RelayBroken} | {row.RelayMemory:F0} MB | {row.RelayQuiet:F1} | {row.RelaySlowest:F1} | {row.Ratio:F2} | {Verdict(row)} |\n");
        }
        page.Append("\n| Attack | What it does | A second | What it got | From the relay |\n|---|---|--:|---|---|\n");
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {row.Flood.Title} | {row.Flood.Description} | {row.Flood.PerSecond} | {row.Ours[^1].Outcomes} | {row.Relay[^1].Outcomes} |\n");
        }
        foreach (var problem in rows.SelectMany(row => row.Ours.SelectMany(one => one.Problems).Select(problem => $"{row.Flood.Title}: {problem}")).Distinct())
            page.Append(CultureInfo.InvariantCulture, $"\n- {problem}");
        return page.ToString();
    }

    private static string Arguments(AttacksOptions options)
    {
        string[] arguments = [.. options.Seconds != new AttacksOptions().Seconds ? (string[])[$"--seconds {options.Seconds}"] : [], .. options.Rounds > 1 ? (string[])[$"--rounds {options.Rounds}"] : [], .. options.Shared ? (string[])["--shared"] : []];
        return arguments.Length > 0 ? $" -- {string.Join(' ', arguments)}" : "";
    }

    private static string Verdict(AttackRow row)
    {
        string[] missed =
        [
            .. row.Broken > 0 ? (string[])["streams"] : [],
            .. row.Memory > MostMemory ? (string[])["memory"] : [],
            .. row.Ratio > MostRatio ? (string[])["ratio"] : [],
        ];
        return missed.Length == 0 ? "met" : $"missed: {string.Join(", ", missed)}";
    }

    private static async Task<string> MachineAsync()
    {
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        var cores = File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        return $"{cores} cores, one for the server, one for the model, the readers and the attacker, who yields to them (nice 10); {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}; load average at the end {load}.";
    }
}
