using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Scenarios;

namespace Tokenfall.Bench;

/// <summary>Runs one scenario, once or repeatedly, and prints the results.</summary>
internal static class BenchCommand
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench/Tokenfall.Bench -- <scenario> [options]

          idle     memory of idle readers                 --count N (10000)  --seconds S (20)  --spread
          live     memory and CPU of live runs            --count N (2000)   --seconds S (10)
          fanout   one run, many readers                  --count N (5000)   --seconds S (20)
          stop     from DELETE to the upstream's close    --count N (500)    --nginx
          replay   a finished run of 4,000 tokens         --count N (200)

          --runs N   repeat on fresh processes            --json   print JSON instead of tables

        Exit code: 0 all streams were correct, 1 one was not, 2 nothing was measured. A slow figure is not a failure.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || Find(args[0]) is not { } scenario) return Refuse("Name a scenario.");
        BenchOptions options;
        try
        {
            options = BenchOptions.Parse(args.AsSpan(1));
        }
        catch (ArgumentException wrong)
        {
            return Refuse(wrong.Message);
        }
        try
        {
            return await MeasureAsync(args[0], scenario, options);
        }
        catch (InvalidOperationException impossible)
        {
            await Console.Error.WriteLineAsync(impossible.Message);
            return 2;
        }
    }

    private static async Task<int> MeasureAsync(string name, IScenario scenario, BenchOptions options)
    {
        var results = new List<Result>();
        for (var run = 1; run <= options.Runs; run++)
        {
            Progress.Report($"{name}, run {run} of {options.Runs}");
            results.Add(await OneAsync(scenario, options));
        }
        Console.WriteLine(options.Json ? JsonReport.Of(name, results) : TableReport.Of(name, results));
        return results.All(result => result.Problems.Count == 0) ? 0 : 1;
    }

    private static IScenario? Find(string name) => name switch
    {
        "idle" => new IdleScenario(),
        "live" => new LiveScenario(),
        "fanout" => new FanoutScenario(),
        "stop" => new StopScenario(),
        "replay" => new ReplayScenario(),
        _ => null,
    };

    private static async Task<Result> OneAsync(IScenario scenario, BenchOptions options)
    {
        try
        {
            return await scenario.RunAsync(options);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException or IOException or HttpRequestException)
        {
            var result = new Result();
            result.Fail(failure.Message);
            return result;
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"{message}\n\n{Usage}");
        return 2;
    }
}
