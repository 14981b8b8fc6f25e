using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tokenfall.Cli.Terminal;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Mock;

/// <summary><c>tokenfall mock</c>: a model server that streams at any rate and costs nothing.</summary>
internal static class MockCommand
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(500);
    private static readonly MockOptions Options = new();

    public static Command Create()
    {
        var command = new Command("mock", "Run a mock model server with the Anthropic Messages API, which streams at any rate");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            "tokenfall mock --port 9000",
            "tokenfall mock --rate 80 --delay 400ms --tokens 1000",
            "tokenfall mock --stamps",
            "tokenfall mock --fault reset:20");
    }

    private static async Task<int> RunAsync(ParseResult args, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(args);
        var script = Options.Script(args);
        var options = Options.Server(args);
        await using var server = await StartAsync(options, cancellationToken);
        server.Script = script;
        // To an http:// address Tokenfall speaks HTTP/1.1.
        var usage = options.Http2 ? "clients must use HTTP/2 with prior knowledge." : $"ANTHROPIC_BASE_URL={server.Url.ToString().TrimEnd('/')} points Tokenfall to it.";
        screen.Progress.MarkupLineInterpolated($"The model listens on [bold]{server.Url}[/]; {usage} Press Ctrl+C to stop.");
        await ShowAsync(screen, server, cancellationToken);
        if (screen.Json) screen.WriteJson(server.Traffic);
        else screen.Progress.WriteLine(Summary(server.Traffic, tokensPerSecond: null));
        return ExitCode.Fine;
    }

    private static async Task<ModelServer> StartAsync(ModelServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelServer.StartAsync(options, cancellationToken);
        }
        catch (IOException taken)
        {
            throw new CommandException(ExitCode.Failed, "port_taken", $"Port {options.Port} cannot be used: {taken.Message} Choose another with --port, or 0 for any free one.", taken);
        }
    }

    // Until Ctrl+C; shows counters at a terminal, and nothing in a pipe.
    private static async Task ShowAsync(Screen screen, ModelServer server, CancellationToken cancellationToken)
    {
        try
        {
            if (!screen.Progress.Profile.Capabilities.Interactive) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            await screen.Progress.Live(new Text(Summary(server.Traffic, 0))).AutoClear(true).StartAsync(async live =>
            {
                using var clock = new PeriodicTimer(Redraw, TimeProvider.System);
                for (var before = server.Traffic; await clock.WaitForNextTickAsync(cancellationToken);)
                {
                    var now = server.Traffic;
                    live.UpdateTarget(new Text(Summary(now, (now.Tokens - before.Tokens) / Redraw.TotalSeconds)));
                    before = now;
                }
            });
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C.
        }
    }

    private static string Summary(ModelTraffic traffic, double? tokensPerSecond) => string.Create(CultureInfo.InvariantCulture,
        $"{traffic.OpenStreams:N0} streams open, {(tokensPerSecond is null ? "" : $"{tokensPerSecond:N0} tokens/s, ")}{traffic.Requests:N0} requests and {traffic.Tokens:N0} tokens so far");
}
