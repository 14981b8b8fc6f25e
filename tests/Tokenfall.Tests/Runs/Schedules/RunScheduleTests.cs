using System.Collections.Concurrent;

namespace Tokenfall.Tests;

/// <summary>Whatever happens to a run and its readers, in whatever order: nothing is lost, repeated or left behind.</summary>
public class RunScheduleTests
{
    private const int Schedules = 2000;

    private readonly ConcurrentDictionary<(Fate, RunStatus), int> _seen = new();

    [Fact]
    public async Task Runs_UnderRandomSchedules_LoseRepeatAndLeaveNothing()
    {
        var first = Environment.TickCount & 0xFFFFFF;
        await Parallel.ForAsync(first, first + Schedules, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            try
            {
                await CheckAsync(seed * 100);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed} fails: {failure.Message}", failure);
            }
        });

        // The schedules reach what they are meant to reach.
        foreach (var fate in Enum.GetValues<Fate>()) Assert.True(_seen.ContainsKey((fate, RunStatus.Stopped)) && _seen.ContainsKey((fate, RunStatus.Failed)), $"{fate}");
        Assert.True(_seen.ContainsKey((Fate.Completes, RunStatus.Done)) && _seen.ContainsKey((Fate.CompletesThenBreaks, RunStatus.Done)));
    }

    private async Task CheckAsync(int seed)
    {
        var random = new Random(seed);
        var (time, source) = (new ManualTimeProvider(), new RandomSource(seed + 1));
        var options = new TokenfallOptions
        {
            RetentionBytes = random.Next(3) == 0 ? 0 : long.MaxValue,
            Limits = { MaxRunsPerOwner = 1 },
            Upstream = { MaxAttempts = random.Next(1, 4) },
        };
        var manager = TestRuns.Manager(time, options: options);
        var start = new RunRequest(source, TestRuns.Request, "ann")
        {
            Disconnect = (DisconnectPolicy)random.Next(3),
            Key = random.Next(2) == 0 ? new IdempotencyKey("key", "print") : null,
        };
        var run = manager.Start(start);
        // The readers are there before anybody can be abandoned, as a response is.
        var readers = Enumerable.Range(0, random.Next(1, 5)).Select(i => new RandomReader(run, seed + 10 + i)).ToList();
        var reading = readers.ConvertAll(reader => Task.Run(reader.ReadAsync));
        var others = Task.WhenAll(
            Task.Run(() => DisturbAsync(manager, run, new Random(seed + 2))),
            Task.Run(() => PassTimeAsync(time, run, new Random(seed + 3))));

        await Task.WhenAll([others, .. reading]).WaitAsync(TestRuns.Bound * 2);
        source.LetEnd();
        await UntilAsync(() => source.Open == 0, "a source is still open");

        foreach (var read in reading) Assert.True(source.Said == await read, "a reader has another text than the source said");
        AssertEnd(run, source);
        var status = run.Status == RunStatus.Abandoned ? RunStatus.Stopped : run.Status; // ended from outside, either way
        _seen.AddOrUpdate((source.Fate, status), 1, (_, count) => count + 1);
        time.Advance(options.Retention);
        Assert.Equal((0, null), (manager.Count, manager.Find(run.Id, "ann")));
        // A framework's own timer may be taken away an instant after its wait is over.
        await UntilAsync(() => time.ActiveTimers == 0, "a timer is left");
    }

    private static async Task DisturbAsync(RunManager manager, Run run, Random random)
    {
        for (var i = random.Next(200); i > 0 && !run.Ended.IsCompleted; i--) await Task.Yield();
        switch (random.Next(6))
        {
            case 0 or 1: run.Stop(); break;
            case 2: await manager.DrainAsync(new CancellationToken(canceled: random.Next(2) == 0)); break;
            case 3: manager.Dispose(); break;
        }
    }

    // Everything that waits for the clock gets its time: backoffs, graces, timeouts, the patience and a drain.
    private static async Task PassTimeAsync(ManualTimeProvider time, Run run, Random random)
    {
        while (!run.Ended.IsCompleted)
        {
            for (var i = random.Next(20); i > 0; i--) await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(random.NextDouble() * 4));
        }
    }

    private static void AssertEnd(Run run, RandomSource source)
    {
        var (frames, terminal) = (run.Log.Frames(), run.Terminal());
        Assert.Single(frames, frame => frame.Kind.IsTerminal());
        Assert.Equal(run.Log.Count, frames[^1].Number);
        Assert.Equal(source.Said.Length, terminal.Chars);
        var expected = run.Status switch
        {
            RunStatus.Done => (EventKind.Done, "end_turn"),
            RunStatus.Stopped => (EventKind.Done, "stopped"),
            RunStatus.Abandoned => (EventKind.Done, "abandoned"),
            _ => (EventKind.Error, null),
        };
        Assert.Equal(expected, (frames[^1].Kind, terminal.StopReason));
        if (run.Status == RunStatus.Done) Assert.True(source.Fate is Fate.Completes or Fate.CompletesThenBreaks, "complete means that the provider said so");
        Assert.InRange(source.Calls, 0, 3);
    }

    private static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        using var bound = new CancellationTokenSource(TestRuns.Bound);
        while (!condition())
        {
            if (bound.IsCancellationRequested) Assert.Fail(otherwise);
            await Task.Yield();
        }
    }
}
