using System.CommandLine;
using Spectre.Console;
using Tokenfall.Cli.Terminal;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Mock;

/// <summary><c>tokenfall mock</c>: a model that streams at any pace, without a bill.</summary>
internal static class MockCommand
{
    private static readonly MockOptions Options = new();

    public static Command Create()
    {
        var command = new Command("mock", "Play a model: an Anthropic-shaped API on this machine that streams at any pace");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            "tokenfall mock --port 9000",
            "tokenfall mock --rate 50 --delay 400ms --lorem 400",
            "tokenfall mock --rate 50 --stamps --tokens 400    # each token says when it was sent, for tokenfall bench");
    }

    private static async Task<int> RunAsync(ParseResult args, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(args);
        var script = Options.Script(args);
        await using var server = await StartAsync(Options.Port(args), cancellationToken);
        server.Script = script;
        screen.Progress.MarkupLineInterpolated($"The model listens on {server.Url}");
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        return ExitCode.Fine;
    }

    private static async Task<ModelServer> StartAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelServer.StartAsync(new() { Port = port, RecordCalls = false }, cancellationToken);
        }
        catch (IOException taken)
        {
            throw new CommandException(ExitCode.Failed, "port_taken", $"Port {port} is taken by another program. Choose another one with --port, or 0 for any that is free.", taken);
        }
    }
}
