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
        await Gen.Select(RandomSource.Any, Choices.Any, Choices.Any.List[1, 4]).SampleAsync(CheckAsync, iter: Schedules, threads: 4);

        // The schedules reach what they are meant to reach.
        foreach (var fate in Enum.GetValues<Fate>()) Assert.True(_seen.ContainsKey((fate, RunStatus.Stopped)) && _seen.ContainsKey((fate, RunStatus.Failed)), $"{fate}");
        Assert.True(_seen.ContainsKey((Fate.Completes, RunStatus.Done)) && _seen.ContainsKey((Fate.CompletesThenBreaks, RunStatus.Done)));
    }

    private async Task CheckAsync(RandomSource source, Choices choices, List<Choices> readersChoices)
    {
        var time = new TestClock();
        var options = new TokenfallOptions
        {
            RetentionBytes = choices.Next(3) == 0 ? 0 : long.MaxValue,
            Limits = { MaxRunsPerOwner = 1 },
            Upstream = { MaxAttempts = choices.Next(1, 4) },
        };
        var manager = TestRuns.Manager(time, options: options);
        var start = new RunRequest(source, TestRuns.Request, "ann")
        {
            Disconnect = (DisconnectPolicy)choices.Next(3),
            Key = choices.Next(2) == 0 ? new IdempotencyKey("key", "print") : null,
        };
        var run = manager.Start(start);
        // The readers are there before anybody can be abandoned, as a response is.
        var reading = readersChoices.ConvertAll(own => Task.Run(new RandomReader(run, own).ReadAsync));
        var others = Task.WhenAll(
            Task.Run(() => DisturbAsync(manager, run, choices)),
            Task.Run(() => PassTimeAsync(time, run)));

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

    private static async Task DisturbAsync(RunManager manager, Run run, Choices choices)
    {
        for (var i = choices.Next(200); i > 0 && !run.Ended.IsCompleted; i--) await Task.Yield();
        switch (choices.Next(6))
        {
            case 0 or 1: run.Stop(); break;
            case 2: await manager.DrainAsync(new CancellationToken(canceled: choices.Next(2) == 0)); break;
            case 3: manager.Dispose(); break;
        }
    }

    // Everything that waits for the clock gets its time: backoffs, graces, timeouts, the wait for a cancelled source, and a drain.
    private static async Task PassTimeAsync(TestClock time, Run run)
    {
        // On a thread of its own, whose turns nobody can repeat.
        var random = new Random();
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
