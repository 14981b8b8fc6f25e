using System.Diagnostics;
using Tokenfall.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>What a reader's leaving does to the model's side, directly and through nginx.</summary>
[Trait("Needs", "nginx")]
public sealed class LeavingTests(GraceProduct product, ITestOutputHelper output) : IClassFixture<GraceProduct>, IDisposable
{
    private const int Before = 5;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    // Timers count ticks of the kernel's coarse clock.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(4);

    private readonly ModelGate _gate = new(Before);

    public static TheoryData<Route> Routes => [.. Enum.GetValues<Route>()];

    public void Dispose() => output.WriteLine(product.Log);

    private ModelScript Script => ModelScript.Lorem(30) with { Hold = _gate };

    private string Read => string.Concat(Script.Tokens.Take(Before));

    private string Rest => string.Concat(Script.Tokens.Skip(Before));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task LastReaderLeaves_WithGrace_ClosesTheUpstreamWhenItIsOver(Route route)
    {
        using var client = product.CreateProgram(route);
        var run = await StartAsync(client);

        var taken = await LeaveAsync(run);

        output.WriteLine($"FIGURE reader leaves, {route}, grace {GraceProduct.Grace.TotalSeconds} s: upstream closed after {taken.TotalSeconds:F3} s");
        Assert.InRange(taken, GraceProduct.Grace - Tick, GraceProduct.Grace + AtOnce);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task LastReaderLeaves_WithStop_ClosesTheUpstreamAtOnce(Route route)
    {
        using var client = product.CreateProgram(route);
        var run = await StartAsync(client, "stop");

        var taken = await LeaveAsync(run);

        output.WriteLine($"FIGURE reader leaves, {route}, disconnect stop: upstream closed after {taken.TotalMilliseconds:F1} ms");
        Assert.True(taken < AtOnce, $"It took {taken}.");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Reader_ThatReturnsWithinTheGrace_GetsTheRestOnce(Route route)
    {
        using var client = product.CreateProgram(route);
        var run = await StartAsync(client);
        run.Dispose();
        var (response, events) = await run.ReadAsync(after: Before + 1);
        using var _ = response;

        await ExpectRestAfterTheGraceAsync(client, run, events);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Reader_OfTwo_MayLeave(Route route)
    {
        using var client = product.CreateProgram(route);
        var run = await StartAsync(client);
        var (response, events) = await run.ReadAsync(after: Before + 1);
        using var _ = response;
        run.Dispose();

        await ExpectRestAfterTheGraceAsync(client, run, events);
    }

    /// <summary>A run that is in the middle of its answer, all of which so far has been read.</summary>
    private async Task<LiveRun> StartAsync(HttpClient client, string? disconnect = null)
    {
        var run = await LiveRun.StartAsync(client, product.Model, Script, disconnect);
        await run.ReadTextAsync(Read);
        return run;
    }

    /// <returns>The time until the model's connection closed.</returns>
    private static async Task<TimeSpan> LeaveAsync(LiveRun run)
    {
        var begin = Stopwatch.GetTimestamp();
        run.Dispose();
        var end = await run.Call.Closed.WaitAsync(TimeLimit);
        Assert.Equal(ModelCallOutcome.ClientLeft, end.Outcome);
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>Sees that the run outlives the grace, and that the reader that it has gets the rest, once.</summary>
    private async Task ExpectRestAfterTheGraceAsync(HttpClient client, LiveRun run, EventStream events)
    {
        // Left later than the run under test, so that what ends this one would have ended that one before.
        await LeaveAsync(await StartAsync(client));
        Assert.False(run.Call.Closed.IsCompleted);

        _gate.Open();
        var rest = await events.ToEndAsync();

        Assert.Equal(Rest, string.Concat(rest.SkipLast(1).Select(delta => delta.Text)));
        Assert.Equal("done", rest[^1].Event);
        Assert.Equal(ModelCallOutcome.Completed, (await run.Call.Closed.WaitAsync(TimeLimit)).Outcome);
    }
}
