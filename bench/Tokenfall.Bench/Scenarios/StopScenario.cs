using System.Net;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;
using Tokenfall.Testing;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Bench.Scenarios;

/// <summary>From the call that stops a run to the close of its connection to the model, as the model sees it.</summary>
/// <remarks>The model server runs in this process, so that both times come from one clock.</remarks>
internal sealed class StopScenario : IScenario
{
    private const int WarmStops = 20;
    private const double MaxLatencyMs = 100;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<Result> RunAsync(BenchOptions options)
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await ChildServer.StartAsync("anthropic", model.Url.ToString());
        await using var nginx = options.Nginx ? await ProxyServer.StartAsync(new NginxProgram(), server.Url) : null;
        var result = await MeasureAsync(model, nginx?.Http ?? server.Url, options.Count ?? 500);
        if (await server.RunsAsync() is var left && left != 0) result.Fail($"{left} runs were alive after all had been stopped");
        return result;
    }

    /// <summary>Starts runs on a server and stops them.</summary>
    /// <param name="model">The model that it asks.</param>
    /// <param name="server">Its address.</param>
    /// <param name="count">Stops in each phase.</param>
    public static async Task<Result> MeasureAsync(ModelServer model, Uri server, int count)
    {
        var result = new Result();
        using var stopper = new HttpClient { BaseAddress = server };
        result.Add("stops in each phase", count, "");
        foreach (var phase in StopPhase.All)
        {
            Progress.Report($"{count} stops {phase.Name}");
            for (var i = 0; i < Math.Min(WarmStops, count); i++) await StopAsync(model, stopper, phase, null, result);
            var delays = new DurationHistogram();
            for (var i = 0; i < count; i++) await StopAsync(model, stopper, phase, delays, result);
            result.Add($"{phase.Name}: p50", delays.Percentile(0.5), "ms");
            result.Add($"{phase.Name}: p99", delays.Percentile(0.99), "ms", MaxLatencyMs);
            result.Add($"{phase.Name}: highest", delays.Max, "ms");
        }
        if (model.OpenConnections is var open && open != 0) result.Fail($"{open} connections to the model were open after all runs had been stopped");
        return result;
    }

    private static async Task StopAsync(ModelServer model, HttpClient stopper, StopPhase phase, DurationHistogram? delays, Result result)
    {
        var (script, reached) = phase.Prepare();
        model.Enqueue(script);
        var number = model.Calls.Count + 1;
        var check = new StreamCheck();
        using var client = new StreamClient(IPEndPoint.Parse(stopper.BaseAddress!.Authority), new FrameScanner(check));
        var reading = client.RunAsync(Requests.Post());
        var call = await model.WaitForCallAsync(number).WaitAsync(Timeout, TimeProvider.System);
        await Task.WhenAll(reached, phase.SeenBy(check)).WaitAsync(Timeout, TimeProvider.System);

        var sent = TimeProvider.System.GetUtcNow();
        using var answer = await stopper.DeleteAsync(new Uri($"{Requests.Path}/{check.Run}", UriKind.Relative));
        var end = await call.Closed.WaitAsync(Timeout, TimeProvider.System);
        delays?.Record(end.At - sent);

        check.End(await reading.WaitAsync(Timeout, TimeProvider.System));
        if (answer.StatusCode != HttpStatusCode.Accepted) result.Fail($"DELETE was answered with {answer.StatusCode}");
        if (end.Outcome != ModelCallOutcome.ClientLeft) result.Fail($"the model's call ended as {end.Outcome}");
        if (check.Done?.Contains("\"stop_reason\":\"stopped\"", StringComparison.Ordinal) != true) check.Fail($"a stopped run ended with {check.Done}");
        if (check.Problem is not null) result.Fail(check.Problem);
    }
}
