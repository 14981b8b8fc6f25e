using Xunit.Abstractions;

namespace Tokenfall.Tests;

[Collection(nameof(AllocationTests))]
public class RunReaderAllocationTests(ITestOutputHelper output)
{
    // Many, so that what the runtime itself allocates meanwhile is little beside one object for each.
    private const int Wakes = 100_000;

    // What a wake allocates is in every window; what the test runner allocates, when it reports other tests, only in some.
    private const int Windows = 20;

    private static readonly byte[] Payload = [(byte)'x'];

    private int _ready;

    [Fact]
    public async Task Wake_OneReader_AllocatesNothing()
    {
        var run = TestRuns.Bare();
        using var reader = run.Read();

        var bytes = await MeasureAsync(run, [reader], reader.Wake);

        // One small object per wake would be 24 bytes.
        Assert.True(bytes < 8, $"{bytes:F2} bytes per wake");
    }

    [Fact]
    public async Task Append_FiftyReaders_AllocatesNothingPerReader()
    {
        var run = TestRuns.Bare(time: new HastyTime());
        var readers = Enumerable.Range(0, 50).Select(_ => run.Read()).ToArray();

        var bytes = await MeasureAsync(run, readers, () => run.Log.Append(EventKind.Text, Payload));

        // The log's own growth, about 30 bytes a token, is in the figure: under one byte for each of the fifty.
        Assert.True(bytes < 8, $"{bytes:F2} bytes per token and reader");
    }

    [Fact]
    public async Task Append_WhileManyReadersAreDeferred_AllocatesNothing()
    {
        var run = TestRuns.Bare(time: new LateTimers());
        var readers = Enumerable.Range(0, FanoutCoalescer.FanoutThreshold).Select(_ => run.Read()).ToList();
        var first = readers.ConvertAll(reader => reader.WaitAsync().AsTask());
        run.Log.Append(EventKind.Text, Payload);
        await Task.WhenAll(first).WaitAsync(TestRuns.Bound);
        foreach (var reader in readers) Assert.True(reader.TryRead(out _));
        var second = readers.ConvertAll(reader => reader.WaitAsync().AsTask());
        for (var i = 0; i < 10_000; i++) run.Log.Append(EventKind.Text, Payload);
        var size = run.Log.Size;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) run.Log.Append(EventKind.Text, Payload);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.DoesNotContain(second, wait => wait.IsCompleted);
        Assert.Equal(size, run.Log.Size);
        Assert.Equal(0, bytes);
    }

    // Each round waits until every reader has said that it is about to wait.
    private async Task<double> MeasureAsync(Run run, RunReader[] readers, Action wake)
    {
        var following = readers.Select(reader => Task.Run(() => FollowAsync(reader))).ToArray();
        await RoundsAsync(200, readers.Length, wake);
        var least = double.MaxValue;
        for (var window = 0; window < Windows; window++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await RoundsAsync(Wakes / Windows / readers.Length, readers.Length, wake);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) * (double)Windows / Wakes);
        }
        run.Log.Append(EventKind.Done, Payload);
        await Task.WhenAll(following).WaitAsync(TestRuns.Bound);
        output.WriteLine($"{least:F2} bytes per wake, {readers.Length} readers, {Wakes} wakes");
        return least;
    }

    private async Task RoundsAsync(int count, int readers, Action wake)
    {
        for (var round = 0; round < count; round++)
        {
            while (Volatile.Read(ref _ready) < readers) await Task.Yield();
            Volatile.Write(ref _ready, 0);
            wake();
        }
    }

    private async Task FollowAsync(RunReader reader)
    {
        while (true)
        {
            while (reader.TryRead(out var frame))
                if (frame.Kind.IsTerminal()) return;
            var wait = reader.WaitAsync();
            Interlocked.Increment(ref _ready);
            await wait.ConfigureAwait(false);
        }
    }

    // Every look at it is a second later, so that readers are never deferred.
    private sealed class HastyTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _now);
    }
}
