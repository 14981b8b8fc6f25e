using System.Threading.Channels;

namespace Tokenfall.Server.Tests.Support;

/// <summary>A model that says a word and then goes on until it is stopped.</summary>
internal sealed class HeldSource : IModelSource
{
    private readonly Channel<Task> _answers = Channel.CreateUnbounded<Task>();

    public string? Model => "held";

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.UnsafeRegister(_ => stopped.TrySetResult(), null);
        writer.Text("Hello");
        _answers.Writer.TryWrite(stopped.Task);
        await stopped.Task;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The next answer that began; it completes when it is stopped.</summary>
    public async Task<Task> BegunAsync() => await _answers.Reader.ReadAsync().AsTask().Soon();
}
