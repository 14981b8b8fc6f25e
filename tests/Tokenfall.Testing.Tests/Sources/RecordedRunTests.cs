namespace Tokenfall.Testing.Tests;

public class RecordedRunTests
{
    [Fact]
    public async Task Source_ThatCompletes_IsRecordedWholeWithItsUsage()
    {
        var run = await RecordedRun.OfAsync(new EchoSource(), "😀 hi");

        Assert.Equal(("😀 hi", "hm", "end_turn"), (run.Text, run.Reasoning, run.End.StopReason));
        Assert.Equal((3, UsageQuality.Measured), (run.End.Usage.TotalOutputTokens, run.End.Quality));
        Assert.Equal([EventKind.Start, EventKind.Reasoning, EventKind.Text, EventKind.ToolCall, EventKind.Done], run.Events.Select(one => one.Kind));
        Assert.Equal("""{"id":"t1","name":"look","input":{}}""", run.Events[3].Content);
    }

    [Fact]
    public async Task Source_ThatForgetsToComplete_IsRecordedAsTruncated()
    {
        var run = await RecordedRun.OfAsync(new EchoSource { Completes = false }, "hi");

        Assert.Equal((ErrorCode.Truncated, "hi"), (run.End.Error!.Code, run.Text));
    }

    [Fact]
    public async Task Source_ThatNeverEnds_IsRecordedAsStoppedWhenCancelled()
    {
        using var stop = new CancellationTokenSource();
        var source = new EchoSource { Waits = true };
        var recording = RecordedRun.OfAsync(source, "hi", stop.Token);

        await source.Waiting;
        await stop.CancelAsync();

        Assert.Equal(("stopped", "hi"), ((await recording).End.StopReason, (await recording).Text));
    }

    [Fact]
    public async Task Source_ThatThrows_IsRecordedWithItsException()
    {
        var failure = new InvalidOperationException("no");

        var run = await RecordedRun.OfAsync(new EchoSource { Failure = failure }, "hi");

        Assert.Same(failure, run.Exception);
        Assert.Equal(ErrorCode.Internal, run.End.Error!.Code);
    }

    [Fact]
    public async Task Opaque_ThatReadersDoNotGet_IsRecorded()
    {
        var run = await RecordedRun.OfAsync(new EchoSource { Signs = true }, "hi");

        Assert.Contains(new RecordedEvent(EventKind.Opaque, 1, """{"provider":"echo","type":"signature","value":"abc"}"""), run.Events);
        Assert.Null(run.Exception);
    }

    private sealed class EchoSource : IModelSource
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Completes { get; init; } = true;

        public bool Waits { get; init; }

        public bool Signs { get; init; }

        public Exception? Failure { get; init; }

        public Task Waiting => _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public string? Model => "echo";

        public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            writer.Reasoning("hm");
            if (Signs) writer.Opaque("echo", null, "signature", "\"abc\""u8);
            writer.Text(request.Messages[^1].Text);
            if (Failure is not null) throw Failure;
            writer.ToolCall("t1", "look", "{}"u8);
            writer.Usage(new TokenUsage { UncachedInputTokens = 1, OutputTokens = 3 });
            _waiting.TrySetResult();
            if (Waits) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            if (Completes) writer.Complete("end_turn");
        }
    }
}
