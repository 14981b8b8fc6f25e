using Tokenfall.Bench.Compare;
using Tokenfall.Tests;

namespace Tokenfall.Attacks.Soak;

/// <summary>The command <c>soak</c>.</summary>
internal static class SoakCommand
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench/Tokenfall.Attacks -- soak [options]

          --duration TIME    how long (01:00:00)
          --interval TIME    how far apart the rows of the table are (00:01:00)
          --seed N           repeats what another run did; random by default
          --cpu PERCENT      how busy the server is to be, of a core (50)
          --server PATH      an assembly of the server that has been built; by default it is published first

        Exit code: 0 everything was right and flat, 1 something was not, 2 it could not run.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = SoakOptions.Parse(args);
            return await RunAsync(options, options.Server is { } server ? Path.GetFullPath(server) : await PublishAsync());
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

    private static async Task<int> RunAsync(SoakOptions options, string program)
    {
        Console.WriteLine($"Seed {options.Seed}, {options.Duration:c}, {options.Cpu} % of a core.\n\n{SoakTable.Head}");
        var run = new SoakRun(options, program);
        var world = await run.RunAsync(sample => Console.WriteLine(SoakTable.Row(sample)));
        Console.WriteLine(SoakTable.Row(run.AtRest!, "at rest"));
        Console.WriteLine($"\nOutcomes: {string.Join("; ", world.Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Key}: {outcome.Value}"))}.\n");
        IReadOnlyList<string> problems =
        [
            .. world.Problems, .. Flatness.Growing(run.Samples),
            .. run.AtRest is { Runs: 0, Leases: 0 } ? (string[])[] : ["runs or leases are left at rest"],
        ];
        Console.WriteLine(problems.Count == 0 ? "Everything was right, and flat." : $"Not right:\n- {string.Join("\n- ", problems.Take(20))}");
        return problems.Count == 0 ? 0 : 1;
    }

    /// <returns>The executable.</returns>
    private static async Task<string> PublishAsync()
    {
        var folder = Repository.PathOf("artifacts/bench/tokenfall");
        await Tool.RunAsync("dotnet", "publish", Repository.PathOf("src/Tokenfall.Server/Tokenfall.Server.csproj"), "-c", "Release", "-o", folder, "-v", "quiet", "--nologo");
        return Path.Combine(folder, "Tokenfall.Server");
    }
}
