namespace Tokenfall.Tests;

public sealed class AllocationTests
{
    private const int Reads = 1_000;

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Delta_BetweenTheLogsGrowth_AllocatesNothing(int deltasPerRead)
    {
        var arrived = Wire.Stream([.. Enumerable.Range(0, deltasPerRead).Select(Delta)]);
        var (bytes, grown) = (-1L, -1);
        var started = new TaskCompletionSource<Run>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new ScriptedHandler(async _ => ScriptedHandler.Response(200, new ScriptedBody(Pieces(await started.Task))));
        using var model = new Model(handler);
        var (run, _) = await model.StartAsync();
        started.SetResult(run);
        await run.Ended;

        Assert.Equal(RunStatus.Done, run.Status);
        // The log doubles its room now and then, but not meanwhile.
        Assert.Equal(0, grown);
        Assert.Equal(0, bytes);

        // The source never waits for a piece, so all of it happens on one thread, whose allocations are counted.
        IEnumerable<ReadOnlyMemory<byte>> Pieces(Run run)
        {
            for (var i = 0; i < 12 * Reads; i++) yield return arrived;
            var (size, before) = (run.Log.Size, GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < Reads; i++) yield return arrived;
            (bytes, grown) = (GC.GetAllocatedBytesForCurrentThread() - before, run.Log.Size - size);
            yield return Wire.Stream(Wire.Ended("end_turn", 1), Wire.Stop);
        }
    }

    // Text, escaped and not, and reasoning.
    private static string Delta(int number) => (number % 3) switch
    {
        0 => Wire.Text(" tok\\n"),
        1 => Wire.Text(" Übergröße 😀"),
        _ => Wire.Delta(0, """{"type":"thinking_delta","thinking":" hm"}"""),
    };
}
