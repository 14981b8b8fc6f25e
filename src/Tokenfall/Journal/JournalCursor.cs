namespace Tokenfall;

/// <summary>How far a run's log has been written to the journal. The log tells it what was appended; the writer takes segments from it.</summary>
/// <remarks>Members are called by the run's source, except where they say that only the writer calls them.</remarks>
internal sealed class JournalCursor(Run run, JournalWriter writer, bool isDurable)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDirty;

    public Run Run { get; } = run;

    /// <summary>Whether readers see only what is stored.</summary>
    public bool IsDurable { get; } = isDurable;

    /// <summary>The number of the last event stored. The first one, the start, is stored with the record.</summary>
    public int Position { get; private set; } = 1;

    /// <summary>Completes when the end is stored, or the writer has failed to store it at least once.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether what this run has not stored is lost.</summary>
    public bool IsLost { get; private set; }

    public void OnAppended(bool isTerminal)
    {
        // Once a batch, not once a token.
        if (isTerminal || (Volatile.Read(ref _isDirty) == 0 && Interlocked.Exchange(ref _isDirty, 1) == 0))
            writer.Enqueue(this, immediate: isTerminal || IsDurable);
    }

    /// <summary>By the writer: what is not stored yet; null if that is nothing.</summary>
    public RunSegment? Take()
    {
        if (IsLost) return TakeAnswer();
        // Before the log is read: what is appended after that makes it dirty again.
        Interlocked.Exchange(ref _isDirty, 0);
        var segment = Run.Log.ToSegment(Run.Id, Position);
        if (segment.Events.Count == 0) return null;
        return segment.Events[^1].Kind.IsTerminal() ? segment with { End = Run.End, Answer = AnswerOf(Run) } : segment;
    }

    /// <summary>What an ended run leaves in its conversation; null if it belongs to none.</summary>
    public static ConversationAnswer? AnswerOf(Run run) => run.Record.Turn is null ? null : AnswerProjection.Of(run);

    // The answer outlives the log: it is in memory as a whole.
    private RunSegment? TakeAnswer() => Run.End is not null && AnswerOf(Run) is { } answer ? new RunSegment(Run.Id, Position + 1, [], default) { Answer = answer } : null;

    /// <summary>By the writer: the segment is stored.</summary>
    public void OnStored(RunSegment segment)
    {
        if (IsLost) return;
        Position = segment.Last;
        if (IsDurable) Run.Log.Publish(Position);
        if (segment.End is not null) Settle();
    }

    /// <summary>How many bytes wait to be stored.</summary>
    public int PendingBytes => Run.Log.BytesAfter(Position);

    /// <summary>By the writer: nobody waits for the end to be stored any longer.</summary>
    public void Settle() => _settled.TrySetResult();

    /// <summary>By the writer: gives up on what is not stored, and on all that follows.</summary>
    public void Lose()
    {
        IsLost = true;
        Settle();
        if (Run.End is not null) writer.Enqueue(this, immediate: true);
        if (!IsDurable) return;
        // Its readers were promised that what they see is stored: it ends, and they see why.
        Run.Interrupt();
        Run.Log.PublishAll();
    }
}
