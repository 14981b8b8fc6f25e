using System.Diagnostics;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>A stop closes the model's connection, whatever the model is doing.</summary>
/// <remarks>The bound is for hangs; how fast it is under load is the benchmark's to say.</remarks>
[Collection(nameof(ProductStreams))]
[Trait("Needs", "nginx")]
public sealed class StopTests(WholeProduct product, ITestOutputHelper output) : IDisposable
{
    private const int Stops = 20;
    private const int Between = 5;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    public enum Phase
    {
        BeforeHeaders,
        BeforeFirstToken,
        BetweenTokens,
    }

    public static TheoryData<Route, Phase> Cases()
    {
        var cases = new TheoryData<Route, Phase>();
        foreach (var route in Enum.GetValues<Route>())
            foreach (var phase in Enum.GetValues<Phase>())
                cases.Add(route, phase);
        return cases;
    }

    public void Dispose() => output.WriteLine(product.Log);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Stop_InEachPhase_ClosesTheUpstreamAndTellsTheReader(Route route, Phase phase)
    {
        using var client = product.CreateProgram(route);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Stops; i++)
            times.Add(await StopAsync(client, phase));

        times.Sort();
        output.WriteLine(
            $"FIGURE stop to upstream close, {route}, {phase}, {Stops} times: " +
            $"p50 {times[Stops / 2].TotalMilliseconds:F1} ms, max {times[^1].TotalMilliseconds:F1} ms");
        Assert.True(times[^1] < Bound, $"One took {times[^1]}.");
    }

    private async Task<TimeSpan> StopAsync(HttpClient client, Phase phase)
    {
        var gate = new ModelGate(phase is Phase.BetweenTokens ? Between : 0);
        var script = ModelScript.Lorem(30) with { Hold = gate };
        using var run = await LiveRun.StartAsync(
            client, product.Model, phase is Phase.BeforeHeaders ? ModelScript.Fail(ModelFault.NoHeaders) : script);
        if (phase is not Phase.BeforeHeaders)
            await gate.Reached.WaitAsync(TimeLimit);
        if (phase is Phase.BetweenTokens)
            await run.ReadTextAsync(string.Concat(script.Tokens.Take(Between)));

        var begin = Stopwatch.GetTimestamp();
        var stopping = run.StopAsync();
        var end = await run.Call.Closed.WaitAsync(TimeLimit);
        var taken = Stopwatch.GetElapsedTime(begin);

        await stopping;
        Assert.Equal(ModelCallOutcome.ClientLeft, end.Outcome);
        var last = Assert.Single(await run.Events.ToEndAsync());
        Assert.Equal(("done", "stopped"), (last.Event, last.Json.GetProperty("stop_reason").GetString()));
        return taken;
    }
}
