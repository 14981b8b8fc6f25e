using System.Runtime.CompilerServices;

namespace Tokenfall.Tests;

public class ChatClientSourceTests
{
    [Fact]
    public void Model_OfAClientThatNamesIt_IsItsDefault() =>
        Assert.Equal("some-model", new ChatClientSource(new FakeClient { DefaultModel = "some-model" }).Model);

    [Fact]
    public void Model_OfAClientThatDoesNot_IsNotKnown() => Assert.Null(new ChatClientSource(new FakeClient()).Model);

    [Fact]
    public async Task Request_Messages_KeepTheirRolesAndOrder()
    {
        var client = new FakeClient { Updates = [new() { FinishReason = ChatFinishReason.Stop }] };
        var request = new ModelRequest([new(ChatRole.User, "one"), new(ChatRole.Assistant, "two"), new(ChatRole.User, "three")], new ChatOptions { MaxOutputTokens = 77 });

        await new ChatClientSource(client).StreamAsync(request, Writer(), default);

        Assert.Equal(
            [(ChatRole.User, "one"), (ChatRole.Assistant, "two"), (ChatRole.User, "three")],
            client.Messages.Select(message => (message.Role, message.Text)));
        Assert.Equal(77, client.Options?.MaxOutputTokens);
    }

    [Fact]
    public async Task Run_OfAFinishedStream_IsDone()
    {
        var run = TestRuns.Manager().Start(new ChatClientSource(new FakeClient { Updates = [new(ChatRole.Assistant, "Hi"), new() { FinishReason = ChatFinishReason.Stop }] }));
        await run.EndedInTime();

        Assert.Equal((RunStatus.Done, 2), (run.Status, run.Terminal().Chars));
    }

    [Fact]
    public async Task Run_OfAStreamThatEndsSilently_IsTruncated()
    {
        var run = TestRuns.Manager().Start(new ChatClientSource(new FakeClient { Updates = [new(ChatRole.Assistant, "Hal")] }));
        await run.EndedInTime();

        Assert.Equal("truncated", run.Terminal().Code());
    }

    [Fact]
    public async Task Run_OfAStreamThatEndsBeforeAnyContent_IsAPassingFault()
    {
        var client = new FakeClient { Updates = [new() { Role = ChatRole.Assistant, Contents = [new TextContent("")] }] };

        var run = TestRuns.Manager().Start(new ChatClientSource(client));
        await run.EndedInTime();

        Assert.Equal(("truncated", true), (run.Terminal().Code(), run.Terminal().Error!.Retryable));
    }

    [Fact]
    public async Task Reasoning_ThatOnlyTheProviderCanRead_IsKeptUnderItsName()
    {
        var log = new RunLog(new FakeTimeProvider());
        var update = new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm") { ProtectedData = "x" }]) { ModelId = "m", FinishReason = ChatFinishReason.Stop };

        await new ChatClientSource(new FakeClient { DefaultModel = "m", Updates = [update] }).StreamAsync(TestRuns.Request, new RunWriter(log, new FakeTimeProvider()), default);

        Assert.Equal("""{"provider":"fake","model":"m","type":"protected_data","value":"x"}""", log.Frames()[^1].Text());
    }

    [Fact]
    public async Task Run_OfAClientThatThrows_FailsWithItsCode()
    {
        var run = TestRuns.Manager().Start(new ChatClientSource(new FakeClient { Failure = new HttpRequestException("no route") }));
        await run.EndedInTime();

        Assert.Equal("upstream_unavailable", run.Terminal().Code());
    }

    [Fact]
    public async Task Run_ThatIsStopped_CancelsTheClientsStream()
    {
        var client = new FakeClient { Hang = true };
        var run = TestRuns.Manager().Start(new ChatClientSource(client));
        await client.Hanging.Task.WaitAsync(TestRuns.Bound);

        run.Stop();
        await run.EndedInTime();

        Assert.Equal(RunStatus.Stopped, run.Status);
    }

    private static RunWriter Writer() => new(new RunLog(new FakeTimeProvider()), new FakeTimeProvider());

    private sealed class FakeClient : IChatClient
    {
        public string? DefaultModel { get; init; }
        public ChatResponseUpdate[] Updates { get; init; } = [];
        public Exception? Failure { get; init; }
        public bool Hang { get; init; }
        public TaskCompletionSource Hanging { get; } = new();
        public List<ChatMessage> Messages { get; private set; } = [];
        public ChatOptions? Options { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Tokenfall streams.");

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            (Messages, Options) = (messages.ToList(), options);
            await Task.Yield();
            if (Failure is not null) throw Failure;
            foreach (var update in Updates) yield return update;
            if (!Hang) yield break;
            Hanging.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public object? GetService(Type serviceType, object? serviceKey) =>
            serviceType == typeof(ChatClientMetadata) && DefaultModel is not null ? new ChatClientMetadata("fake", null, DefaultModel) : null;

        public void Dispose()
        {
        }
    }
}
