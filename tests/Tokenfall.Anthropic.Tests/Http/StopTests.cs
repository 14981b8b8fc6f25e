using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Tests;

public sealed class StopTests
{
    [Fact(Timeout = 30_000)]
    public async Task Stop_DuringAPendingRead_ClosesTheResponse()
    {
        var body = new ScriptedBody(Wire.Stream(Wire.Start, Wire.Text("a")), BodyEnding.Hang);
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, body));
        using var model = new Model(handler);
        var (run, witness) = await model.StartAsync();
        await body.Waiting;

        await StopAsync(run, body.Disposed);
        Assert.Equal("a", Model.AnswerOf(run, witness).Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_BetweenReads_ClosesTheResponse()
    {
        var begun = new TaskCompletionSource();
        IEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            while (true)
            {
                yield return Wire.Stream(Wire.Text("a"));
                begun.TrySetResult();
            }
        }
        var body = new ScriptedBody(Endless());
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, body));
        using var model = new Model(handler);
        var (run, _) = await model.StartAsync();
        await begun.Task;

        await StopAsync(run, body.Disposed);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_WhileABodyCopiesWithoutWaiting_ClosesTheResponse()
    {
        var body = new EagerBody(Wire.Stream(Wire.Text("a")));
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, body));
        // At once: not when the wait for a source that ignores its cancellation is over.
        using var model = new Model(handler, new FakeTimeProvider());
        var (run, _) = await model.StartAsync();
        await body.Begun;

        await StopAsync(run, body.Disposed);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_BeforeTheHeaders_GivesTheRequestUp()
    {
        var asked = new TaskCompletionSource();
        using var handler = new ScriptedHandler(async cancellationToken =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("Not reached.");
        });
        using var model = new Model(handler);
        var (run, witness) = await model.StartAsync();
        await asked.Task;

        run.Stop();

        await run.Ended;
        Assert.Equal(RunStatus.Stopped, run.Status);
        Assert.IsAssignableFrom<OperationCanceledException>(witness.Failure);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_WhileARefusalIsRead_GivesItUp()
    {
        var body = new ScriptedBody("{"u8.ToArray(), BodyEnding.Hang);
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(529, body));
        using var model = new Model(handler);
        var (run, _) = await model.StartAsync();
        await body.Waiting;

        await StopAsync(run, body.Disposed);
    }

    private static async Task StopAsync(Run run, Task closed)
    {
        run.Stop();
        await closed;
        await run.Ended;
        Assert.Equal(RunStatus.Stopped, run.Status);
    }
}
