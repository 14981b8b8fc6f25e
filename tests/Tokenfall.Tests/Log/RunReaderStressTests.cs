namespace Tokenfall.Tests;

public class RunReaderStressTests
{
    private const int Readers = 50;
    private const int Tokens = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Readers_WaitingWhileAThreadWrites_AllGetTheWholeText(int seed)
    {
        // Many readers, so that the coalescer's timer is in the race too.
        var run = TestRuns.Bare(time: TimeProvider.System);
        var text = new StringBuilder();
        var reading = Enumerable.Range(0, Readers).Select(i => Task.Run(() => ReadAsync(run, new Random(seed * 1000 + i)))).ToArray();
        var writing = Task.Run(() => Write(run, text, new Random(seed)));

        var all = Task.WhenAll([writing, .. reading]);
        Assert.True(await Task.WhenAny(all, Task.Delay(TestRuns.Bound, TimeProvider.System)) == all,
            $"seed {seed}: {reading.Count(task => !task.IsCompleted)} readers missed a wake-up");
        await writing;

        foreach (var read in reading) Assert.True(text.ToString() == await read, $"seed {seed}: a reader has another text");
    }

    [Fact]
    public async Task Wake_RacingWithEventsAndWaits_NeitherLosesNorDoublesASignal()
    {
        var run = TestRuns.Bare();
        var readers = Enumerable.Range(0, 8).Select(_ => run.Read()).ToArray();
        var reading = readers.Select((reader, i) => Task.Run(() => DrainAsync(reader, new Random(i)))).ToArray();
        using var over = new CancellationTokenSource();
        var waking = Task.Run(() =>
        {
            var random = new Random(99);
            while (!over.IsCancellationRequested)
            {
                readers[random.Next(readers.Length)].Wake();
                if (random.Next(4) == 0) Thread.Yield();
                Thread.SpinWait(random.Next(200));
            }
        });

        var text = new StringBuilder();
        await Task.Run(() => Write(run, text, new Random(7))).WaitAsync(TestRuns.Bound);
        var results = await Task.WhenAll(reading).WaitAsync(TestRuns.Bound);
        await over.CancelAsync();
        await waking;

        Assert.All(results, result => Assert.Equal(text.ToString(), result));
    }

    private static void Write(Run run, StringBuilder text, Random random)
    {
        for (var i = 0; i < Tokens; i++)
        {
            var token = $"{i} ";
            text.Append(token);
            run.Log.Append(EventKind.Text, token);
            if (random.Next(4) == 0) Thread.Yield();
            if (random.Next(50) == 0) Thread.SpinWait(random.Next(5000));
        }
        run.Log.Append(EventKind.Done, "{}");
    }

    private static async Task<string> ReadAsync(Run run, Random random)
    {
        using var reader = run.Read();
        return await DrainAsync(reader, random);
    }

    private static async Task<string> DrainAsync(RunReader reader, Random random)
    {
        var text = new StringBuilder();
        while (true)
        {
            while (reader.TryRead(out var frame))
            {
                if (frame.Kind.IsTerminal()) return text.ToString();
                text.Append(frame.Text());
                if (random.Next(8) == 0) await Task.Yield();
            }
            if (random.Next(8) == 0) await Task.Yield();
            await reader.WaitAsync();
        }
    }
}
