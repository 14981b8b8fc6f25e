using System.Diagnostics;
using Tokenfall.Attacks.Floods;
using Tokenfall.Attacks.Measure;
using Tokenfall.Bench;
using Tokenfall.Bench.Compare;
using Tokenfall.Tests;

namespace Tokenfall.Attacks;

/// <summary>Runs the attacks on the published server, and on the bare relay beside it.</summary>
internal static class AttacksCommand
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench/Tokenfall.Attacks -- [options]
               dotnet run -c Release --project bench/Tokenfall.Attacks -- soak [--duration MINUTES] [--seed N]

          --quick          5 s each, to see that it works; into artifacts/bench/ instead of bench/ATTACKS.md
          --seconds S      how long each attack lasts (20)
          --no-publish     use what was published before
          --shared         the machine does other work, too: TOKENFALL_SCHEDULING=normal
          --rounds N       how often each is measured; the table has the medians (1)
          --attack NAME    only this; may be given more than once

        Exit code: 0 no honest stream was broken, 1 one was, 2 nothing was measured. A slow figure is not a failure.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = AttacksOptions.Parse(args);
            var floods = CompareCommand.Pick(FloodList.All, options.Names, one => one.Name, "attack");
            return CorePinning.IsPinned ? await MeasureAsync(options, floods) : await PinnedAsync(args);
        }
        catch (ArgumentException wrong)
        {
            await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{Usage}");
            return 2;
        }
        catch (InvalidOperationException impossible)
        {
            await Console.Error.WriteLineAsync(impossible.Message);
            return 2;
        }
    }

    private static async Task<int> MeasureAsync(AttacksOptions options, IReadOnlyList<IFlood> floods)
    {
        var page = Repository.PathOf(options.Quick ? "artifacts/bench/ATTACKS-quick.md" : "bench/ATTACKS.md");
        var server = new SignInServer { NoPublish = options.NoPublish, Shared = options.Shared };
        var relay = Contenders.All.Single(contender => contender.Name == Contenders.Relays[1]);
        Progress.Report("the two servers are being built, and accounts added");
        await server.PrepareAsync();
        if (!options.NoPublish) await relay.PrepareAsync();
        var rows = new List<AttackRow>();
        foreach (var flood in floods)
        {
            var (ours, theirs) = (new List<Attacked>(), new List<Attacked>());
            for (var round = 1; round <= options.Rounds; round++)
            {
                ours.Add(await AttackRun.MeasureAsync(server, server.Accounts, flood, options.Seconds));
                Progress.Report($"{flood.Title}: {ours[^1]}");
                theirs.Add(await AttackRun.MeasureAsync(relay, server.Accounts, flood, options.Seconds));
                Progress.Report($"{flood.Title}, the relay: {theirs[^1]}");
            }
            rows.Add(new AttackRow(flood, ours, theirs));
        }
        var text = await AttackPage.WriteAsync(rows, options);
        Console.WriteLine(text);
        await File.WriteAllTextAsync(page, text);
        Progress.Report($"written: {page}");
        return rows.All(row => row.Broken == 0) ? 0 : 1;
    }

    // As for compare: a running process cannot move all its threads to a core, so it starts itself again there.
    private static async Task<int> PinnedAsync(string[] args)
    {
        if (Environment.ProcessorCount < 2) throw new InvalidOperationException("The attacks need two cores: one for the server, one for the model, the readers and the attacker.");
        string[] command = ["dotnet", typeof(AttacksCommand).Assembly.Location, .. args];
        using var process = Tool.Start(new ProcessStartInfo("taskset", ["-c", $"{CorePinning.Load}", .. command]));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
