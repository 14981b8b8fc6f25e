using System.Threading.Channels;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>One answer, under the test's hand.</summary>
internal sealed class ScriptedAnswer(ModelRequest request, CancellationToken cancellationToken)
{
    private readonly Channel<Action<RunWriter>> _script = Channel.CreateUnbounded<Action<RunWriter>>();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ModelRequest Request { get; } = request;

    /// <summary>The last message.</summary>
    public string Prompt => Request.Messages[^1].Text;

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>Completes when the run's token was cancelled.</summary>
    public Task Cancelled => _cancelled.Task.Soon();

    public void Say(params string[] texts)
    {
        foreach (var text in texts) Do(writer => writer.Text(text));
    }

    public void Do(Action<RunWriter> write) => _script.Writer.TryWrite(write);

    /// <summary>The same; completes when it is in the log.</summary>
    public Task SaidAsync(params string[] texts)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Say(texts);
        Do(_ => said.TrySetResult());
        return said.Task.Soon();
    }

    /// <summary>Says that the answer is complete, and ends.</summary>
    public void Finish(int inputTokens = 12, int outputTokens = 39)
    {
        Do(writer => writer.Usage(new TokenUsage { UncachedInputTokens = inputTokens, OutputTokens = outputTokens }));
        Do(writer => writer.Complete("end_turn"));
        BreakOff();
    }

    /// <summary>Ends without saying that the answer is complete.</summary>
    public void BreakOff() => _script.Writer.TryComplete();

    public void Fail(Exception failure) => _script.Writer.TryComplete(failure);

    public async Task RunAsync(RunWriter writer)
    {
        try
        {
            await foreach (var write in _script.Reader.ReadAllAsync(cancellationToken)) write(writer);
        }
        finally
        {
            // Here, not in a callback of the token: leaving could take that back before its turn.
            if (IsCancelled) _cancelled.TrySetResult();
        }
    }
}
