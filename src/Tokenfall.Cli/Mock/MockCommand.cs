using System.CommandLine;
using Spectre.Console;
using Tokenfall.Cli.Terminal;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Mock;

/// <summary><c>tokenfall mock</c>: a model that streams at any pace, without a bill.</summary>
internal static class MockCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "TCP port on 127.0.0.1", DefaultValueFactory = _ => 9000 };

    public static Command Create()
    {
        var command = new Command("mock", "Play a model: an Anthropic-shaped API on this machine that streams at any pace") { Port };
        command.SetAction(RunAsync);
        return command.WithExamples("tokenfall mock --port 9000");
    }

    private static async Task<int> RunAsync(ParseResult args, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(args);
        await using var server = await ModelServer.StartAsync(new() { Port = args.GetValue(Port), RecordCalls = false }, cancellationToken);
        screen.Progress.MarkupLineInterpolated($"The model listens on {server.Url}");
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        return ExitCode.Fine;
    }
}
