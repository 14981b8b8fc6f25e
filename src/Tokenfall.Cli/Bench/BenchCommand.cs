using System.CommandLine;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;

namespace Tokenfall.Cli.Bench;

/// <summary><c>tokenfall bench</c>: loads a server with streams and checks every one.</summary>
internal static class BenchCommand
{
    private static readonly BenchOptions Options = new();

    public static Command Create()
    {
        var command = new Command("bench", "Load a server with streams, check every byte, and report how fast they were");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            "tokenfall bench http://localhost:8000/ask/stream -n 100",
            "tokenfall bench https://example.org/ask/stream --key KEY -n 500 --ramp 10s --duration 1m --report bench.html",
            "tokenfall bench http://localhost:8000/ask/stream -n 200 --disconnects 0.1 --resumes 0.3 --slow 0.05",
            "tokenfall bench http://localhost:8080/stream --count-only --body '{\"q\":\"hello\"}' --header 'X-Tenant: a'");
    }

    private static async Task<int> RunAsync(ParseResult args, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(args);
        var plan = Options.Read(args);
        var report = ReportFile.At(args.GetValue(Options.Report));
        using var run = new LoadRun(plan);
        var load = run.RunAsync(cancellationToken);
        await new LivePanel(screen, plan, run).ShowAsync(load);
        var result = await load;
        if (screen.Json) screen.WriteJson(result);
        else LoadTable.Write(screen.Out, plan, result);
        var isReported = report is null || await report.TryWriteAsync(screen, LoadPage.Of(plan, result, TimeProvider.System.GetUtcNow()));
        return result.IsFine && isReported ? ExitCode.Fine : ExitCode.Failed;
    }
}
