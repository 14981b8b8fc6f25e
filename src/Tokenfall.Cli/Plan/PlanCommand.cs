using System.CommandLine;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Plan;

/// <summary><c>tokenfall plan</c>: the capacity that an application needs, by open streams rather than requests per second.</summary>
internal static class PlanCommand
{
    private static readonly PlanOptions Options = new();

    public static Command Create()
    {
        var command = new Command("plan", "Plan capacity: streams, machines, rate limits, cost, and the limits to set");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            "tokenfall plan --requests 600",
            "tokenfall plan --requests 600 --tokens 300 --tokens-p95 1200 --rate 60 --first-token 800ms --percentile 99.9",
            "tokenfall plan --requests 600 --input-price 3 --output-price 15 --busy-hours 8 --cores 4 --memory 16",
            "tokenfall plan --requests 600 --measure");
    }

    private static async Task<int> RunAsync(ParseResult args, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(args);
        var input = Options.Read(args);
        if (Options.Measure(args)) input = input with { Costs = await new Calibration(screen).MeasureAsync(cancellationToken) };
        var plan = Planner.Of(input);
        if (screen.Json) screen.WriteJson(plan);
        else PlanTable.Write(screen.Out, plan);
        return ExitCode.Fine;
    }
}
