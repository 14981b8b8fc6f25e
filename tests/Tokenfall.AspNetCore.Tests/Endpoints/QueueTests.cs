namespace Tokenfall.AspNetCore.Tests;

/// <summary>What readers get of a run that waits for its turn, and callers of one that is rejected.</summary>
public sealed class QueueTests
{
    private readonly QueueScheduler _scheduler = new();

    [Fact]
    public async Task Run_ThatWaits_ShowsItsPositionWheneverItChanges()
    {
        await using var app = await StartAsync();
        using var response = await app.Client.AskAsync("hi");
        using var events = await EventStream.OfAsync(response);
        var start = await events.FrameAsync();
        var position = await _scheduler.Position.Soon();

        position.Report(2);
        var second = await events.FrameAsync();
        position.Report(1);
        var first = await events.FrameAsync();

        // The id of the last event, so that a reader that is cut resumes, and starts nothing.
        Assert.Equal(new Frame(start!.Id, "queued", """{"position":2}"""), second);
        Assert.Equal(new Frame(start.Id, "queued", """{"position":1}"""), first);
    }

    [Fact]
    public async Task Run_WhoseTurnHasCome_IsNoLongerQueued()
    {
        await using var app = await StartAsync();
        app.Source.Answer = (_, run, _) =>
        {
            run.Text("hello");
            run.Complete("end_turn");
            return Task.CompletedTask;
        };
        using var response = await app.Client.AskAsync("hi");
        using var events = await EventStream.OfAsync(response);
        await events.FrameAsync();
        (await _scheduler.Position.Soon()).Report(1);
        await events.FrameAsync();

        _scheduler.Turn.SetResult();

        Assert.Equal(["delta", "done"], (await events.ToEndAsync()).Select(frame => frame.Event));
    }

    [Theory]
    [InlineData(AdmissionRejection.TooManyRuns, "too_many_runs", true)]
    [InlineData(AdmissionRejection.BudgetExceeded, "budget_exceeded", false)]
    [InlineData(AdmissionRejection.ModelUnpriced, "model_unpriced", false)]
    [InlineData(AdmissionRejection.StoreUnavailable, "store_unavailable", true)]
    [InlineData(AdmissionRejection.Draining, "interrupted", true)]
    public async Task Run_RejectedWhileItWaits_EndsWithTheReason(AdmissionRejection reason, string code, bool retryable)
    {
        await using var app = await StartAsync();
        using var response = await app.Client.AskAsync("hi");
        using var events = await EventStream.OfAsync(response);
        await events.FrameAsync();

        _scheduler.Turn.SetException(new AdmissionException(reason));

        var error = (await events.FrameAsync())!;
        Assert.Equal(("error", code, retryable), (error.Event, error.Json.GetProperty("code").GetString(), error.Json.GetProperty("retryable").GetBoolean()));
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData(AdmissionRejection.BudgetExceeded, 429, "budget_exceeded", false)]
    [InlineData(AdmissionRejection.ModelUnpriced, 403, "model_unpriced", false)]
    [InlineData(AdmissionRejection.StoreUnavailable, 503, "store_unavailable", true)]
    public async Task Post_Rejected_HasTheReason(AdmissionRejection reason, int status, string code, bool retryAfter)
    {
        _scheduler.Rejection = new AdmissionException(reason);
        await using var app = await StartAsync();

        using var refused = await app.Client.AskAsync("hi");

        await Refused.AssertAsync(refused, status, code);
        Assert.Equal(retryAfter, refused.Headers.RetryAfter is not null);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Equal(retryAfter, problem.RootElement.GetProperty("retryable").GetBoolean());
    }

    private Task<TestApp> StartAsync() =>
        TestApp.StartAsync(builder => builder.Services.AddSingleton<IRunScheduler>(_scheduler), app => app.MapTokenfall(TestApp.Path));

    private sealed class QueueScheduler : IRunScheduler
    {
        private readonly TaskCompletionSource<IProgress<int>> _position = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IProgress<int>> Position => _position.Task;

        public AdmissionException? Rejection { get; set; }

        public RunTicket Accept(RunRequest request) => Rejection is null ? new Ticket(this) : throw Rejection;

        private sealed class Ticket(QueueScheduler scheduler) : RunTicket
        {
            public override ValueTask WaitAsync(IProgress<int>? position, CancellationToken cancellationToken)
            {
                scheduler._position.SetResult(position!);
                return new(scheduler.Turn.Task.WaitAsync(cancellationToken));
            }

            protected override void OnReleased()
            {
            }
        }
    }
}
