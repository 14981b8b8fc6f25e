using System.Diagnostics;

namespace Tokenfall.Bench.Compare;

/// <summary>Runs Tokenfall and its rivals in turn under the same load, and records what each costs.</summary>
internal static class CompareCommand
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench/Tokenfall.Bench -- compare [options]

          --quick            one short round, to see that it works; into artifacts/bench/ instead of bench/RESULTS.md
          --rounds N         measurements of each contender (3)
          --scenario NAME    only this, or what begins with it where nothing has the name itself; may be given more than once
          --contender NAME   the same for contenders
          --fresh            measure again what was measured before

        What was measured is kept in artifacts/bench/ and is not measured again, so that a comparison can be interrupted and continued.
        Exit code: 0 all streams were correct, 1 one was not, 2 nothing was measured. A slow figure is not a failure.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = CompareOptions.Parse(args);
            var contenders = Pick(Contenders.All, options.Contenders, one => one.Name, "contender");
            var scenarios = Pick(Comparisons.All, options.Scenarios, one => one.Name, "scenario");
            return CorePinning.IsPinned ? await new Comparer(options, scenarios, contenders).RunAsync() : await PinnedAsync(args);
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

    // A running process cannot move all its threads to a core, so it starts itself again there.
    private static async Task<int> PinnedAsync(string[] args)
    {
        if (Environment.ProcessorCount < 2) throw new InvalidOperationException("compare needs two cores: one for the contender, one for the model and the readers.");
        string[] command = ["dotnet", typeof(CompareCommand).Assembly.Location, "compare", .. args];
        using var process = Tool.Start(new ProcessStartInfo("taskset", ["-c", $"{CorePinning.Load}", .. command]));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Picks the items with one of the names; where no item has a name, those whose names begin with it. Keeps their order.</summary>
    /// <exception cref="ArgumentException">A name matches no item.</exception>
    internal static IReadOnlyList<T> Pick<T>(IReadOnlyList<T> all, IReadOnlyList<string> wanted, Func<T, string> nameOf, string kind)
    {
        if (wanted.Count == 0) return all;
        var picked = wanted.SelectMany(name => Matching(name)).ToHashSet();
        return [.. all.Where(picked.Contains)];

        IReadOnlyList<T> Matching(string name)
        {
            T[] same = [.. all.Where(one => nameOf(one) == name)];
            T[] alike = [.. all.Where(one => nameOf(one).StartsWith(name, StringComparison.Ordinal))];
            if (alike.Length == 0) throw new ArgumentException($"There is no {kind} {name}; there are {string.Join(", ", all.Select(nameOf))}.");
            return same.Length > 0 ? same : alike;
        }
    }
}
