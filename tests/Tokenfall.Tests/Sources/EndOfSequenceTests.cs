using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

public sealed class EndOfSequenceTests
{
    private readonly FakeLogger<RunManager> _logger = new();

    [Fact]
    public async Task OwnClient_WithoutAFinishReason_IsTruncatedAndTheLogSaysWhatToDo()
    {
        var run = await RunAsync(new ChatClientSource(new Client(() => Texts("Hello"))));

        Assert.Equal(ErrorCode.Truncated, run.Terminal().Error?.Code);
        Assert.True(_logger.Collector.Has(LogLevel.Error, "EndOfSequenceCompletes()"));
    }

    [Fact]
    public async Task OwnClient_EndOfSequenceCompletes_IsDone()
    {
        var run = await RunAsync(new ChatClientSource(new Client(() => Texts("Hel", "lo"))).EndOfSequenceCompletes());

        Assert.Equal((RunStatus.Done, "end_turn", 5), (run.Status, run.Terminal().StopReason, run.Terminal().Chars));
    }

    [Fact]
    public async Task OwnClient_EmptySequence_IsDone()
    {
        var run = await RunAsync(new ChatClientSource(new Client(() => Texts())).EndOfSequenceCompletes());

        Assert.Equal((RunStatus.Done, 0), (run.Status, run.Terminal().Chars));
    }

    [Fact]
    public async Task OwnClient_ThatFails_IsNotDone()
    {
        var run = await RunAsync(new ChatClientSource(new Client(() => FailingAsync())).EndOfSequenceCompletes());

        Assert.Equal((RunStatus.Failed, ErrorCode.UpstreamUnavailable), (run.Status, run.Terminal().Error?.Code));
    }

    [Fact]
    public async Task FinishReason_OutweighsTheEnd()
    {
        var run = await RunAsync(new ChatClientSource(new Client(() => Cut())).EndOfSequenceCompletes());

        Assert.Equal("max_tokens", run.Terminal().StopReason);
    }

    [Fact]
    public async Task OwnSource_ThatJustReturns_IsDone()
    {
        var run = await RunAsync(new CallbackSource(writer => writer.Text("Hello")).EndOfSequenceCompletes());

        Assert.Equal((RunStatus.Done, "end_turn"), (run.Status, run.Terminal().StopReason));
    }

    [Fact]
    public async Task RunRequest_EndOfSequenceCompletes_IsDone()
    {
        using var manager = TestRuns.Manager();
        var run = manager.Start(new RunRequest(new CallbackSource(writer => writer.Text("Hello")), TestRuns.Request, "ann") { EndOfSequenceCompletes = true });
        await run.EndedInTime();

        Assert.Equal("end_turn", run.Terminal().StopReason);
    }

    // Many sequences just end when their token is cancelled.
    [Fact]
    public async Task Stop_OfASequenceThatJustEnds_IsStopped()
    {
        using var manager = TestRuns.Manager();
        var run = manager.Start(new ChatClientSource(new Client(UntilCancelledAsync)).EndOfSequenceCompletes());

        run.Stop();
        await run.EndedInTime();

        Assert.Equal("stopped", run.Terminal().StopReason);
    }

    private async Task<Run> RunAsync(IModelSource source)
    {
        using var manager = TestRuns.Manager(logger: _logger);
        var run = manager.Start(source);
        await run.EndedInTime();
        return run;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Texts(params string[] texts)
    {
        await Task.Yield();
        foreach (var text in texts) yield return new ChatResponseUpdate(ChatRole.Assistant, text);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> FailingAsync()
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Hel");
        await Task.Yield();
        throw new IOException("reset");
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Cut()
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Hel") { FinishReason = ChatFinishReason.Length };
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> UntilCancelledAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Hel");
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private sealed class Client(Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> stream) : IChatClient
    {
        public Client(Func<IAsyncEnumerable<ChatResponseUpdate>> stream) : this(_ => stream())
        {
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => stream(cancellationToken);

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("This fake only streams.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
