using System.Threading.Channels;

namespace Tokenfall.Stores.Tests;

/// <summary>A run whose source says what the schedule says, and what its readers have seen of it.</summary>
internal sealed class ScheduledRun(IdempotencyKey? key) : IModelSource
{
    private readonly Channel<string?> _script = Channel.CreateUnbounded<string?>();
    private readonly StringBuilder _said = new();

    public string? Model => "scheduled";

    public IdempotencyKey? Key { get; } = key;

    public RunId Id { get; set; }

    /// <summary>How often it was asked: paid for.</summary>
    public int Calls { get; private set; }

    /// <summary>All that the model has said.</summary>
    public string Said { get { lock (_said) return _said.ToString(); } }

    /// <summary>The most that a reader has seen.</summary>
    public string Seen { get; set; } = "";

    /// <summary>The end that a reader has seen.</summary>
    public RunEnd? SeenEnd { get; set; }

    public void Say(string text) => _script.Writer.TryWrite(text);

    public void Finish() => _script.Writer.TryWrite(null);

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        Calls++;
        await foreach (var text in _script.Reader.ReadAllAsync(cancellationToken))
        {
            if (text is null)
            {
                writer.Complete("end_turn");
                return;
            }
            lock (_said) _said.Append(text);
            writer.Text(text);
        }
    }

    /// <summary>Reads all there is, as a reader does who connects now, and checks that it continues what was seen before.</summary>
    public void Look(Run run)
    {
        var text = new StringBuilder();
        var after = 0;
        RunEnd? end = null;
        while (run.Log.TryRead(after, merge: true, out var frame))
        {
            Assert.Null(end);
            if (frame.Kind == EventKind.Text) text.Append(JsonText.Unescape(frame.Payload.Span));
            if (frame.Kind.IsTerminal()) end = run.End;
            after = frame.Number;
        }
        var now = text.ToString();
        Assert.StartsWith(now, Said, StringComparison.Ordinal);
        if (now.Length > Seen.Length) Seen = now;
        SeenEnd ??= end;
    }
}
