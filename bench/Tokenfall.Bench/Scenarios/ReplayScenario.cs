using System.Diagnostics;
using System.Net;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Scenarios;

/// <summary>A finished answer, read again from its first event.</summary>
internal sealed class ReplayScenario : IScenario
{
    private const int Tokens = 4_000;
    private const int WarmReads = 50;

    public async Task<Result> RunAsync(BenchOptions options)
    {
        await using var model = await StartModelAsync();
        await using var server = await ChildServer.StartAsync("anthropic", model.Url.ToString());
        return await MeasureAsync(server.EndPoint, () => server.Cpu, options.Count ?? 200);
    }

    /// <summary>Starts the model for a server that is to be measured.</summary>
    public static Task<ChildServer> StartModelAsync() => ChildServer.StartAsync(BenchModel.Arguments(Tokens, perSecond: null, quick: 0));

    /// <summary>Has a server generate an answer, and replays it.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="cpuOf">Returns its processor time so far.</param>
    /// <param name="count">How often to replay it.</param>
    public static async Task<Result> MeasureAsync(IPEndPoint server, Func<TimeSpan> cpuOf, int count)
    {
        var result = new Result();
        var text = BenchModel.Script(Tokens).Text;
        var (first, firstBytes) = await ReadAsync(server, Requests.Post(), text, result);
        var again = Requests.Get($"{Requests.Path}/{first.Run}");
        for (var i = 0; i < WarmReads; i++) await ReadAsync(server, again, text, result);

        var times = new DurationHistogram();
        var cpu = cpuOf();
        var (replay, replayBytes) = (first, firstBytes);
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            (replay, replayBytes) = await ReadAsync(server, again, text, result);
            times.Record(Stopwatch.GetElapsedTime(began));
        }
        var used = cpuOf() - cpu;
        result.Add("tokens", Tokens, "");
        result.Add("frames of text, replay", replay.Frames, "");
        result.Add("bytes, replay", replayBytes, "B");
        result.Add("server CPU per replay", used.TotalMilliseconds / count, "ms");
        result.Add("frames of text, first time", first.Frames, "");
        result.Add("bytes, first time", firstBytes, "B");
        result.Add("replay with connecting, p50", times.Percentile(0.5), "ms");
        result.Add("replay with connecting, p99", times.Percentile(0.99), "ms");
        return result;
    }

    private static async Task<(AnswerCheck Check, long Bytes)> ReadAsync(IPEndPoint server, byte[] request, string text, Result result)
    {
        var check = new AnswerCheck();
        using var client = new StreamClient(server, new FrameScanner(check));
        check.End(await client.RunAsync(request));
        check.Expect(text);
        if (check.Problem is not null) result.Fail(check.Problem);
        return (check, client.Received);
    }
}
