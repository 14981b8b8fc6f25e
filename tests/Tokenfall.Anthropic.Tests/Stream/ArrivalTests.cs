using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Tokenfall.Tests;

/// <summary>When readers get what arrived.</summary>
public sealed class ArrivalTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Stream_WhoseBodyBlocksForItsNextPiece_HasGivenReadersTheLastOne()
    {
        using SemaphoreSlim waiting = new(0), read = new(0);
        var arrived = false;
        var cut = Wire.Recorded.AsSpan().IndexOf("event: content_block_stop"u8);
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Pieces())));
        using var model = new Model(handler);
        var (run, _) = await model.StartAsync();
        using var reader = run.Read();

        while (reader.TryRead(out _)) { }
        var wait = reader.WaitAsync().AsTask();
        waiting.Release();
        await wait.WaitAsync(Bound);
        read.Release();
        await run.Ended.WaitAsync(Bound);

        Assert.True(arrived);

        IEnumerable<ReadOnlyMemory<byte>> Pieces()
        {
            waiting.Wait(Bound);
            yield return Wire.Recorded.AsMemory(0, cut);
            arrived = read.Wait(TimeSpan.FromSeconds(5));
            yield return Wire.Recorded.AsMemory(cut);
        }
    }

    [Fact]
    public async Task Stream_InsideAnotherSource_LeavesNothingHeld()
    {
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Recorded)));
        using var anthropic = new AnthropicSource(Options.Create(new AnthropicOptions { ApiKey = Model.Key, CreateHandler = () => handler }), TimeProvider.System);
        var outer = new Outer(anthropic);
        var runs = new RunManager(Options.Create(new TokenfallOptions()), TimeProvider.System, new FakeLogger<RunManager>());
        var run = await runs.StartAsync(new RunRequest(outer, Model.Request, "anyone"));
        using var reader = run.Read();

        await outer.Inner.WaitAsync(Bound);
        while (reader.TryRead(out _)) { }
        var wait = reader.WaitAsync().AsTask();
        outer.GoOn.SetResult();
        await wait.WaitAsync(Bound);
        Assert.True(reader.TryRead(out var frame));
        run.Stop();

        Assert.Equal("more", Encoding.UTF8.GetString(frame.Payload.Span));
    }

    // Such as one that calls tools between two answers.
    private sealed class Outer(IModelSource inner) : IModelSource
    {
        private readonly TaskCompletionSource _inner = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Model => inner.Model;

        public Task Inner => _inner.Task;

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            await inner.StreamAsync(request, writer, cancellationToken);
            _inner.SetResult();
            await GoOn.Task;
            writer.Text("more");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
