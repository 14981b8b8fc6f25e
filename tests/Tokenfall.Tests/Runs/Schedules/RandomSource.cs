namespace Tokenfall.Tests;

/// <summary>What a <see cref="RandomSource"/> does in the end.</summary>
internal enum Fate
{
    Completes,
    CompletesThenBreaks,
    Truncates,
    Breaks,
    Refuses,
    Hangs,
    IsDeaf,
}

/// <summary>A source that fails before its content a few times, then says random text, and then meets its fate.</summary>
internal sealed class RandomSource(string text, int failures, Fate fate, Choices choices) : IModelSource
{
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _hears = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private int _open;

    /// <summary>Half of them do not fail first.</summary>
    public static Gen<RandomSource> Any { get; } = Gen.Select(RandomText.Of(80), Gen.Int[-2, 2], Gen.Enum<Fate>(), Choices.Any)
        .Select((text, failures, fate, choices) => new RandomSource(text, failures, fate, choices));

    public string? Model => "fake";

    public Fate Fate => fate;

    public int Calls => Volatile.Read(ref _calls);

    public int Open => Volatile.Read(ref _open);

    /// <summary>All text that the run took. Stable once <see cref="Open"/> is zero.</summary>
    public string Said => _said.ToString();

    public override string ToString() => $"{failures} failures, then {fate}, by {choices}";

    /// <summary>Lets a source that ignores its cancellation end.</summary>
    public void LetEnd() => _hears.TrySetResult();

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        try
        {
            if (choices.Next(2) == 0) await Task.Yield();
            if (Interlocked.Increment(ref _calls) <= failures) throw BeforeContent();
            await SayAsync(writer, Fate == Fate.IsDeaf ? CancellationToken.None : cancellationToken);
            await EndAsync(writer, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private Exception BeforeContent() => choices.Next(4) switch
    {
        0 => new IOException("no connection"),
        1 => new ModelException(ErrorCode.Overloaded, "529", retryable: true),
        2 => new ModelException(ErrorCode.RateLimited, "429", retryable: true) { RetryAfter = TimeSpan.FromSeconds(choices.Next(30)) },
        _ => new ModelException(ErrorCode.InvalidRequest, "400", retryable: false),
    };

    private async Task SayAsync(RunWriter writer, CancellationToken cancellationToken)
    {
        writer.Usage(new TokenUsage { UncachedInputTokens = choices.Next(100), OutputTokens = null });
        for (var at = 0; at < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = RandomText.Cut(text, at, choices.Next(1, 12));
            writer.Text(text.AsSpan(at, end - at));
            _said.Append(text, at, end - at);
            at = end;
            if (choices.Next(10) == 0) writer.Reasoning("hm");
            if (choices.Next(20) == 0) writer.ToolCall("t", "find", "{}"u8);
            if (choices.Next(3) == 0) await Task.Yield();
        }
    }

    private async Task EndAsync(RunWriter writer, CancellationToken cancellationToken)
    {
        switch (Fate)
        {
            case Fate.Truncates: return;
            case Fate.Breaks: throw new IOException("reset by peer");
            case Fate.Refuses: throw new ModelException(ErrorCode.Overloaded, "in the middle", retryable: true);
            case Fate.Hangs: await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken); return;
            case Fate.IsDeaf: await _hears.Task; return;
        }
        writer.Complete("end_turn");
        if (Fate == Fate.CompletesThenBreaks) throw new IOException("reset by peer");
    }
}
