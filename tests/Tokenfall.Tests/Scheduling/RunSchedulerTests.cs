namespace Tokenfall.Tests;

/// <summary>What a manager does with a scheduler that lets runs wait.</summary>
public class RunSchedulerTests
{
    private readonly QueueScheduler _scheduler = new();
    private readonly HeldSource _source = new();

    [Fact]
    public async Task Run_ThatWaits_BeginsWhenItIsItsTurn()
    {
        var run = await StartAsync();
        Assert.Equal(0, _source.Calls);

        _scheduler.Turn.SetResult();
        await _source.Started;
        _source.Finish();
        await run.EndedInTime();

        Assert.Equal((RunStatus.Done, 1), (run.Status, _scheduler.Released));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_StoppedWhileItWaits_EndsAndNeverAsksTheModel(bool schedulerListens)
    {
        _scheduler.Listens = schedulerListens;
        var run = await StartAsync();

        run.Stop();
        await run.EndedInTime();

        Assert.Equal((RunStatus.Stopped, "stopped", 0, 1), (run.Status, run.End!.StopReason, _source.Calls, _scheduler.Released));
    }

    [Fact]
    public async Task Run_WhoseSchedulerFails_EndsAsInternal()
    {
        var run = await StartAsync();

        _scheduler.Turn.SetException(new InvalidOperationException("no queue"));
        await run.EndedInTime();

        Assert.Equal((ErrorCode.Internal, 1), (run.End!.Error!.Code, _scheduler.Released));
    }

    [Theory]
    [InlineData(AdmissionRejection.TooManyRunsOfOwner, ErrorCode.TooManyRunsOfOwner, 5)]
    [InlineData(AdmissionRejection.BudgetExceeded, ErrorCode.BudgetExceeded, null)]
    [InlineData(AdmissionRejection.Draining, ErrorCode.Interrupted, 5)]
    public async Task Run_RejectedWhileItWaits_EndsWithTheReason(AdmissionRejection reason, ErrorCode code, int? retryAfter)
    {
        var run = await StartAsync();

        _scheduler.Turn.SetException(new AdmissionException(reason));
        await run.EndedInTime();

        var error = run.End!.Error!;
        Assert.Equal((code, retryAfter is not null, retryAfter), (error.Code, error.Retryable, (int?)error.RetryAfter?.TotalSeconds));
        Assert.Equal((0, 1), (_source.Calls, _scheduler.Released));
    }

    [Fact]
    public async Task QueuePosition_IsThereWhileTheRunWaits()
    {
        var run = await StartAsync();
        var position = await _scheduler.Position.Task.WaitAsync(TestRuns.Bound);
        Assert.Null(run.QueuePosition);

        position.Report(3);
        Assert.Equal(3, run.QueuePosition);

        run.Stop();
        await run.EndedInTime();
        Assert.Null(run.QueuePosition);
    }

    [Fact]
    public async Task Run_WhoseSchedulerFailsWhenItEnds_StillHasItsEnd()
    {
        _scheduler.FailsOnRelease = true;
        _scheduler.Turn.SetResult();
        var run = await StartAsync();
        await _source.Started;

        _source.Finish();
        await run.EndedInTime();

        Assert.Equal(RunStatus.Done, run.Terminal().Status);
    }

    private ValueTask<Run> StartAsync() => new RunManager(Options.Create(TestRuns.Plain), new FakeTimeProvider(), new FakeLogger<RunManager>(), _scheduler)
        .StartAsync(new RunRequest(_source, TestRuns.Request, "ann"));

    private sealed class QueueScheduler : IRunScheduler
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<IProgress<int>> Position { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Listens { get; set; } = true;

        public bool FailsOnRelease { get; set; }

        public int Released { get; set; }

        public RunTicket Accept(RunRequest request) => new Ticket(this);

        private sealed class Ticket(QueueScheduler scheduler) : RunTicket
        {
            public override ValueTask WaitAsync(IProgress<int>? position, CancellationToken cancellationToken)
            {
                scheduler.Position.SetResult(position!);
                return new(scheduler.Turn.Task.WaitAsync(scheduler.Listens ? cancellationToken : CancellationToken.None));
            }

            protected override void OnReleased()
            {
                scheduler.Released++;
                if (scheduler.FailsOnRelease) throw new InvalidOperationException("no queue");
            }
        }
    }
}
