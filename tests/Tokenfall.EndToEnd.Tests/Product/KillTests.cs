namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>Behind nginx too, the end of a server that died does not look like the end of an answer.</summary>
[Collection(nameof(ProductStreams))]
[Trait("Needs", "nginx")]
public sealed class KillTests(WholeProduct product, ITestOutputHelper output) : IDisposable
{
    private const int Each = 20;

    public void Dispose() => output.WriteLine(product.Log);

    [Fact]
    public async Task SigKill_UnderStreamsOnEachRoute_BreaksEveryRead()
    {
        var script = ModelScript.Lorem(30) with { Hold = new ModelGate(10) };
        var runs = new List<(Route Route, LiveRun Run)>();
        foreach (var route in Enum.GetValues<Route>())
        {
            var client = product.CreateProgram(route);
            for (var i = 0; i < Each; i++)
                runs.Add((route, await LiveRun.StartAsync(client, product.Model, script)));
        }

        foreach (var (_, run) in runs)
            await run.ReadTextAsync(string.Concat(script.Tokens.Take(10)));

        await product.RestartServerAsync();

        foreach (var group in runs.GroupBy(run => run.Route))
        {
            var failures = new List<string>();
            foreach (var (_, run) in group)
                failures.Add((await Assert.ThrowsAnyAsync<IOException>(run.Events.FrameAsync)).GetBaseException().Message);
            output.WriteLine($"FIGURE SIGKILL, {group.Key}: " + string.Join(", ", failures.GroupBy(f => f).Select(f => $"{f.Count()} x \"{f.Key}\"")));
        }
    }
}
