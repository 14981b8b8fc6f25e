using System.Diagnostics;
using System.Net.Sockets;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>Runs Tokenfall and its rivals in turns on the same load, and writes down what each costs.</summary>
internal static class CompareCommand
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench/Tokenfall.Bench -- compare [options]

          --quick            short measurements, one round: to see that it works
          --rounds N         measurements of each contender (3)
          --scenario NAME    only this one; may be given more than once
          --contender NAME   only this one; may be given more than once
        """;

    private static readonly IComparison[] Comparisons = [new CpuComparison(100), new CpuComparison(1000)];

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = CompareOptions.Parse(args);
            var contenders = Pick(Contenders.All, options.Contenders, one => one.Name, "contender");
            var comparisons = Pick(Comparisons, options.Scenarios, one => one.Name, "scenario");
            return Cores.IsPinned ? await CompareAsync(comparisons, contenders, options) : await PinnedAsync(args);
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

    private static async Task<int> CompareAsync(IReadOnlyList<IComparison> comparisons, IReadOnlyList<Contender> contenders, CompareOptions options)
    {
        foreach (var contender in contenders)
        {
            Progress.Say($"{contender.Title} is built");
            await contender.PrepareAsync();
        }
        var right = true;
        foreach (var comparison in comparisons)
        {
            var results = contenders.ToDictionary(contender => contender, _ => new List<Result>());
            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    Progress.Say($"{comparison.Title}: {contender.Title}, round {round} of {options.Rounds}");
                    results[contender].Add(await MeasureAsync(comparison, contender, options));
                }
            }
            foreach (var (contender, measured) in results) Console.WriteLine(TableReport.Of($"{comparison.Title}: {contender.Title}", measured));
            right &= results.Values.SelectMany(measured => measured).All(result => result.Problems.Count == 0);
        }
        return right ? 0 : 1;
    }

    private static async Task<Result> MeasureAsync(IComparison comparison, Contender contender, CompareOptions options)
    {
        try
        {
            return await comparison.MeasureAsync(contender, options);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException or IOException or HttpRequestException or SocketException)
        {
            var result = new Result();
            result.Fail(failure.Message);
            return result;
        }
    }

    // A process cannot move all its threads to a core once it runs: it starts itself again, there.
    private static async Task<int> PinnedAsync(string[] args)
    {
        if (Environment.ProcessorCount < 2) throw new InvalidOperationException("compare needs two cores: one for the contender, one for the model and the readers.");
        string[] command = ["dotnet", typeof(CompareCommand).Assembly.Location, "compare", .. args];
        using var process = Tool.Start(new ProcessStartInfo("taskset", ["-c", $"{Cores.Load}", .. command]));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static IReadOnlyList<T> Pick<T>(IReadOnlyList<T> all, IReadOnlyList<string> wanted, Func<T, string> nameOf, string kind)
    {
        foreach (var name in wanted.Where(name => !all.Any(one => nameOf(one).StartsWith(name, StringComparison.Ordinal))))
            throw new ArgumentException($"There is no {kind} {name}; there are {string.Join(", ", all.Select(nameOf))}.");
        return wanted.Count == 0 ? all : [.. all.Where(one => wanted.Any(name => nameOf(one).StartsWith(name, StringComparison.Ordinal)))];
    }
}
