using Spectre.Console;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Plan;

/// <summary>
/// Measures what a stream costs here: Tokenfall in a process of its own, the model and the readers in this one, a short load between them.
/// </summary>
internal sealed class Calibration(Screen screen)
{
    private const int Streams = 400, WarmStreams = 100, TokensPerSecond = 20, WarmTokens = 20;

    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(5);

    /// <exception cref="CommandException">The server did not start, or a stream was not correct, which makes the figures meaningless.</exception>
    public async Task<Costs> MeasureAsync(CancellationToken cancellationToken)
    {
        screen.Progress.WriteLine($"Measuring {Streams} streams at {TokensPerSecond} tokens/s on this machine, about 15 s");
        await using var model = await ModelServer.StartAsync(new() { RecordCalls = false }, cancellationToken);
        await using var server = await CalibratedServer.StartAsync(model.Url, cancellationToken);
        // First compile the code and fill the pools.
        model.Script = ModelScript.Lorem(WarmTokens) with { TokensPerSecond = TokensPerSecond };
        for (var round = 0; round < 2; round++) await LoadAsync(server.Url, WarmStreams, TimeSpan.Zero, cancellationToken);
        var idle = server.Memory;

        var seconds = (SettleTime + WatchTime).TotalSeconds + 2;
        model.Script = ModelScript.Lorem((int)(seconds * TokensPerSecond)) with { TokensPerSecond = TokensPerSecond };
        var load = LoadAsync(server.Url, Streams, TimeSpan.FromSeconds(1), cancellationToken);
        await Task.Delay(SettleTime, TimeProvider.System, cancellationToken);
        var (cpu, tokens) = (server.Cpu, model.Traffic.Tokens);
        await Task.Delay(WatchTime, TimeProvider.System, cancellationToken);
        var (used, delivered, memory) = (server.Cpu - cpu, model.Traffic.Tokens - tokens, server.Memory - idle);
        await load;
        return new Costs(
            Math.Round(used.TotalMicroseconds / Math.Max(1, delivered), 1), Math.Round(Math.Max(0, memory) / 1024.0 / Streams, 1), Math.Round(idle / 1048576.0),
            $"measured on this machine with {Streams} streams at {TokensPerSecond} tokens/s");
    }

    private static async Task LoadAsync(Uri server, int streams, TimeSpan ramp, CancellationToken cancellationToken)
    {
        using var run = new LoadRun(new LoadPlan { Url = new(server, "ask/stream"), Streams = streams, Ramp = ramp, Body = """{"prompt":"go"}""" });
        var result = await run.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.IsFine) throw new CommandException(ExitCode.Failed, "calibration", $"The load failed: {result.Problems[0].Example}. Without --measure published figures are used.");
    }
}
