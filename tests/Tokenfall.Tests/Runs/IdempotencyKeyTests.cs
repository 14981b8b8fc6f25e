namespace Tokenfall.Tests;

public class IdempotencyKeyTests
{
    private static readonly IdempotencyKey Key = new("key", "print");

    private readonly FakeTimeProvider _time = new();
    private readonly HeldSource _source = new();
    private readonly TokenfallOptions _options = new() { Limits = { MaxRunsPerOwner = 2 } };
    private readonly RunManager _manager;

    public IdempotencyKeyTests() => _manager = TestRuns.Manager(_time, options: _options);

    [Fact]
    public async Task Start_ASecondTimeWithTheKey_AttachesToTheFirstRun()
    {
        var first = Start(Key);
        await _source.Started;

        Assert.Same(first, Start(Key));
        await EndAsync(first);
        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task Start_WithTheKeyOfAFinishedRun_AttachesToIt()
    {
        var first = Start(Key);
        await EndAsync(first);

        Assert.Same(first, Start(Key));
        Assert.Equal((1, 0), (_source.Calls, _manager.Count));
    }

    [Fact]
    public async Task Start_WithTheKeyOfSomethingElse_IsAConflict()
    {
        var first = Start(Key);

        Assert.Throws<IdempotencyKeyConflictException>(() => Start(Key with { Fingerprint = "other" }));
        Assert.Equal(1, _manager.Count);
        await EndAsync(first);
    }

    [Fact]
    public async Task Start_WithAnotherKey_StartsAnotherRun()
    {
        var (first, second) = (Start(Key), Start(Key with { Key = "other" }));

        Assert.NotSame(first, second);
        await EndAsync(first, second);
    }

    [Fact]
    public async Task Start_WithTheKeyOfAnotherOwner_StartsAnotherRun()
    {
        var (first, second) = (Start(Key), Start(Key, "bob"));

        Assert.NotSame(first, second);
        Assert.Equal(("ann", "bob"), (first.Owner, second.Owner));
        await EndAsync(first, second);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public async Task Starts_AtOnceWithOneKey_StartOneRun(int callers)
    {
        using var together = new Barrier(callers);
        var starts = Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            return _manager.StartAsync(new RunRequest(_source, TestRuns.Request, "ann") { Key = Key }).AsTask();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap());

        var runs = await Task.WhenAll(starts).WaitAsync(TestRuns.Bound);

        var run = Assert.Single(runs.Distinct());
        Assert.Equal(1, _manager.Count);
        await EndAsync(run);
        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task Start_AfterTheRunIsForgotten_StartsAnother()
    {
        var first = Start(Key);
        await EndAsync(first);
        _time.Advance(_options.Retention);

        var second = Start(Key with { Fingerprint = "other" });

        Assert.NotSame(first, second);
        await second.EndedInTime();
    }

    [Fact]
    public async Task Start_AfterARunTooLargeToKeep_StartsAnother()
    {
        _options.RetentionBytes = 0;
        var manager = TestRuns.Manager(_time, options: _options);
        for (var i = 0; i < 100; i++)
        {
            var run = manager.Start(new RunRequest(new CallbackSource(writer => writer.Complete("end_turn")), TestRuns.Request, "ann")
            {
                Key = Key with { Fingerprint = $"{i}" },
            });
            await run.EndedInTime();
        }
    }

    [Fact]
    public async Task Start_RefusedWithAKey_LeavesNoKeyBehind()
    {
        var (one, two) = (Start(null), Start(null));
        Assert.Throws<AdmissionException>(() => Start(Key));
        await EndAsync(one, two);

        await Start(Key with { Fingerprint = "other" }).EndedInTime();

        Assert.Equal(3, _source.Calls);
    }

    [Fact]
    public async Task Start_WithAKnownKeyOverTheLimit_AttachesAllTheSame()
    {
        var (first, other) = (Start(Key), Start(null));

        Assert.Same(first, Start(Key));
        await EndAsync(first, other);
    }

    [Fact]
    public async Task Start_WithAKnownKeyWhileDraining_AttachesAllTheSame()
    {
        var first = Start(Key);
        var drained = _manager.DrainAsync();

        Assert.Same(first, Start(Key));
        await EndAsync(first);
        await drained.WaitAsync(TestRuns.Bound);
    }

    // A source is the application's code: slow to name its model, it must not keep every other caller's key waiting.
    [Fact]
    public async Task Start_WhileAnotherSourceIsSlowToNameItsModel_DoesNotWaitForIt()
    {
        using var asked = new ManualResetEventSlim();
        using var answer = new ManualResetEventSlim();
        var slow = Task.Run(() => _manager.Start(new RunRequest(new SlowToName(asked, answer), TestRuns.Request, "bob") { Key = Key }));
        Assert.True(asked.Wait(TestRuns.Bound));

        var quick = await Task.Run(() => Start(Key)).WaitAsync(TestRuns.Bound);

        answer.Set();
        await EndAsync(quick, await slow);
    }

    private Run Start(IdempotencyKey? key, string owner = "ann") => _manager.Start(new RunRequest(_source, TestRuns.Request, owner) { Key = key });

    private Task EndAsync(params Run[] runs)
    {
        _source.Finish();
        return Task.WhenAll(runs.Select(run => run.EndedInTime()));
    }

    private sealed class SlowToName(ManualResetEventSlim asked, ManualResetEventSlim answer) : IModelSource
    {
        public string? Model
        {
            get
            {
                asked.Set();
                return answer.Wait(TestRuns.Bound * 2) ? "slow" : null;
            }
        }

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            writer.Complete("end_turn");
            return Task.CompletedTask;
        }
    }
}
