using System.Threading.Channels;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>A model that says what the test tells it to say, when the test tells it to.</summary>
internal sealed class ScriptedSource : IModelSource
{
    private readonly Channel<ScriptedAnswer> _asked = Channel.CreateUnbounded<ScriptedAnswer>();
    private int _count;

    public string? Model => "scripted";

    /// <summary>How often it was asked.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Says this at once to everyone who asks, instead of waiting for the test.</summary>
    public Func<ModelRequest, RunWriter, CancellationToken, Task>? Answer { get; set; }

    public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        if (Answer is { } answer) return answer(request, writer, cancellationToken);
        var scripted = new ScriptedAnswer(request, cancellationToken);
        _asked.Writer.TryWrite(scripted);
        return scripted.RunAsync(writer);
    }

    /// <summary>The next time it is asked.</summary>
    public Task<ScriptedAnswer> AskedAsync() => _asked.Reader.ReadAsync().AsTask().Soon();
}
