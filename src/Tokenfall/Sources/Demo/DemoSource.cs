namespace Tokenfall;

/// <summary>A model for trying things out: no key, no network, no bill. It streams a fixed text at a reader's pace.</summary>
public sealed class DemoSource : IModelSource
{
    private static readonly TimeSpan FirstToken = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly TimeProvider _time;

    /// <summary>Creates the source.</summary>
    /// <param name="time">Sets the pace.</param>
    public DemoSource(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <inheritdoc/>
    public string? Model => "demo";

    /// <inheritdoc/>
    public async Task StreamAsync(ModelRequest request, RunWriter run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(run);
        var words = DemoText.AnswerTo(request.Messages[^1].Content);
        run.Usage(CountWords(request), 0);
        await Task.Delay(FirstToken, _time, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < words.Count && i < request.MaxTokens; i++)
        {
            run.Delta(words[i]);
            run.Usage(null, i + 1);
            await Task.Delay(Pace, _time, cancellationToken).ConfigureAwait(false);
        }
        run.Complete(words.Count > request.MaxTokens ? "max_tokens" : "end_turn");
    }

    private static int CountWords(ModelRequest request) => request.Messages.Sum(message => DemoText.Split(message.Content).Count);
}
