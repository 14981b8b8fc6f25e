using System.Diagnostics;
using System.Globalization;
using Tokenfall.Attacks.Floods;
using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Serve;

namespace Tokenfall.Attacks.Measure;

/// <summary>One attack on one server, with honest streams before and meanwhile.</summary>
internal static class AttackRun
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);

    // What the honest streams never use is compiled in this time; it is attacked, and not measured.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    public static async Task<Attacked> MeasureAsync(Contender contender, IReadOnlyList<Account> accounts, IFlood flood, int seconds)
    {
        var times = new TokenTimes();
        await using var model = await ChildServer.StartAsync(AttackedModel.Arguments(HonestStreams.Tokens, HonestStreams.TokensPerSecond));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        await using var streams = new HonestStreams(server.EndPoint, accounts.SkipLast(1), times);
        await streams.OpenAsync();
        await Task.Delay(WarmUp, TimeProvider.System);
        using var attacker = Attack(flood, server.EndPoint.Port, accounts[^1], seconds + (int)Lead.TotalSeconds);
        try
        {
            // Starting it takes processor time, so it waits until the quiet time has been measured.
            if (await attacker.StandardOutput.ReadLineAsync().WaitAsync(Slack, TimeProvider.System) != FloodCommand.Ready)
                throw new InvalidOperationException($"The attacker {flood.Name} did not start; its errors are above.");
            var memory = server.Rss;
            times.IsRecording = true;
            await Task.Delay(Before, TimeProvider.System);
            var quiet = times.Ages.Percentile(0.99);
            times.IsRecording = false;
            times.Clear();
            memory = Math.Max(memory, server.Rss);
            await attacker.StandardInput.WriteLineAsync();
            var outcomes = attacker.StandardOutput.ReadLineAsync();
            var most = await WatchAsync(server, Lead);
            times.IsRecording = true;
            most = Math.Max(most, await WatchAsync(server, TimeSpan.FromSeconds(seconds)));
            times.IsRecording = false;
            var words = await outcomes.WaitAsync(Slack, TimeProvider.System) ?? "none";
            var problems = await streams.EndAsync();
            return new(problems, Math.Max(0, most - memory), quiet, times.Ages.Percentile(0.5), times.Ages.Percentile(0.99), words);
        }
        finally
        {
            if (!attacker.HasExited) attacker.Kill();
        }
    }

    private static async Task<long> WatchAsync(ContenderProcess server, TimeSpan time)
    {
        var (most, began) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            most = Math.Max(most, server.Rss);
            await Task.Delay(SamplePeriod, TimeProvider.System);
        }
        return most;
    }

    // On the core of the load, like this process, but behind it: what is measured is how the server copes, not how the readers do.
    private static Process Attack(IFlood flood, int port, Account account, int seconds) => Tool.Start(new ProcessStartInfo("nice",
    [
        "-n", "10", "dotnet", typeof(AttackRun).Assembly.Location, "flood", flood.Name, port.ToString(CultureInfo.InvariantCulture),
        seconds.ToString(CultureInfo.InvariantCulture), account.Email, account.Key,
    ])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    });
}
