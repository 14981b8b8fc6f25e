namespace Tokenfall.Tests;

[Collection(nameof(AllocationTests))]
public class DeltaAllocationTests
{
    [Fact]
    public void Delta_WrittenAndReadAsItComes_AllocatesNothing()
    {
        // A server's threads have none; the test runner's do.
        SynchronizationContext.SetSynchronizationContext(null);
        var run = TestRuns.Bare();
        var writer = new RunWriter(run.Log, TimeProvider.System);
        using var reader = run.Read();
        // So that all of it happens on this thread, whose allocations are counted.
        reader.NeverBlocks = true;
        var following = FollowAsync(reader);
        Write(writer, 10_000);
        var size = run.Log.Size;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(writer, 1_000);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(following.IsCompleted);
        Assert.Equal(run.Log.Count, reader.Position);
        // The log doubles its room now and then, but not meanwhile.
        Assert.Equal(size, run.Log.Size);
        Assert.Equal(0, bytes);
    }

    private static void Write(RunWriter writer, int deltas)
    {
        for (var i = 0; i < deltas; i++)
        {
            writer.BeginBatch();
            writer.Text(" token, "u8);
            writer.EndBatch();
        }
    }

    private static async Task FollowAsync(RunReader reader)
    {
        while (true)
        {
            while (reader.TryRead(out _)) { }
            await reader.WaitAsync().ConfigureAwait(false);
        }
    }
}
