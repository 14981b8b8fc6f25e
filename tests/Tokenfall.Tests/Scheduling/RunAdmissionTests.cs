namespace Tokenfall.Tests;

public class RunAdmissionTests
{
    private readonly HeldSource _source = new();
    private readonly RunManager _manager = TestRuns.Manager(options: new TokenfallOptions { Limits = { MaxRuns = 2, MaxRunsPerOwner = 1 } });

    [Fact]
    public async Task Start_OverMaxRunsPerOwner_IsRefusedAndTheSourceIsNotCalled()
    {
        var run = _manager.Start(_source);
        await _source.Started;

        var refusal = Assert.Throws<AdmissionException>(() => _manager.Start(_source));

        Assert.Equal(AdmissionRejection.TooManyRunsOfOwner, refusal.Reason);
        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
        _source.Finish();
        await run.EndedInTime();
        Assert.Equal((1, 0), (_source.Calls, _manager.Count));
    }

    [Fact]
    public async Task Start_OverMaxRuns_IsRefusedToEverybody()
    {
        var runs = new[] { "ann", Owner.Anonymous }.Select(owner => _manager.Start(new RunRequest(_source, TestRuns.Request, owner))).ToList();

        var refusal = Assert.Throws<AdmissionException>(() => _manager.Start(new RunRequest(_source, TestRuns.Request, "eve")));

        Assert.Equal(AdmissionRejection.TooManyRuns, refusal.Reason);
        _source.Finish();
        await Task.WhenAll(runs.Select(run => run.EndedInTime()));
        Assert.Equal(2, _source.Calls);
    }

    // Many times over: the lease must come back before the reader is told, not just usually.
    [Fact]
    public void Reader_ThatSeesTheTerminalEvent_CanStartTheNextRunAtOnce()
    {
        for (var i = 0; i < 2000; i++)
        {
            var run = _manager.Start(writer => writer.Complete("end_turn"));
            // Spinning sees the event sooner than any wake-up.
            Assert.True(SpinWait.SpinUntil(() => run.Log.IsComplete, TestRuns.Bound));
        }
    }

    [Fact]
    public async Task Start_WithASourceWhoseModelThrows_ThrowsAndKeepsNoLease()
    {
        Assert.Throws<InvalidOperationException>(() => _manager.Start(new NamelessSource()));

        Assert.Equal(0, _manager.Count);
        await _manager.DrainAsync().WaitAsync(TestRuns.Bound);
    }

    // An application's list may change, or throw, while its length is estimated.
    [Fact]
    public async Task Start_WithMessagesThatThrow_ThrowsAndKeepsNoLease()
    {
        var broken = new ModelRequest(new BrokenList(), new ChatOptions());

        Assert.Throws<InvalidOperationException>(() => _manager.Start(new RunRequest(_source, broken, "ann")));

        Assert.Equal((0, 0), (_manager.Count, _source.Calls));
        await _manager.DrainAsync().WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Count_OfRunsUnderParallelStarts_NeverPassesTheLimitAndReturnsToZero()
    {
        const int Limit = 5;
        var manager = TestRuns.Manager(options: new TokenfallOptions { Limits = { MaxRuns = Limit } });
        var open = 0;
        var source = new CallbackSource(async (writer, _) =>
        {
            Assert.InRange(Interlocked.Increment(ref open), 1, Limit);
            await Task.Yield();
            Interlocked.Decrement(ref open);
            writer.Complete("end_turn");
        });
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                try
                {
                    var run = manager.Start(new RunRequest(source, TestRuns.Request, Owner.Anonymous));
                    Assert.InRange(manager.Count, 0, Limit);
                    await run.EndedInTime();
                    Assert.Equal(RunStatus.Done, run.Status);
                }
                catch (AdmissionException)
                {
                    await Task.Yield();
                }
            }
        }));

        await Task.WhenAll(callers);

        Assert.Equal(0, manager.Count);
    }

    private sealed class NamelessSource : IModelSource
    {
        public string? Model => throw new InvalidOperationException("no model configured");

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class BrokenList : List<ChatMessage>, IReadOnlyList<ChatMessage>
    {
        int IReadOnlyCollection<ChatMessage>.Count => 1;

        ChatMessage IReadOnlyList<ChatMessage>.this[int index] => throw new InvalidOperationException("changed");

        IEnumerator<ChatMessage> IEnumerable<ChatMessage>.GetEnumerator() => throw new InvalidOperationException("changed");
    }
}
