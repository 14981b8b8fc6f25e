using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>A model for trying things out: no key, no network, no bill. It streams a fixed text at a reader's pace.</summary>
/// <remarks>
/// The text is fixed, so system prompt, sampling, reasoning effort and model id change nothing; <see cref="ChatOptions.MaxOutputTokens"/> cuts it.
/// Tools, response formats, stop sequences, stored conversations, and images or files in the user's messages are refused before anything is sent.
/// Thread-safe.
/// </remarks>
public sealed class DemoSource : IModelSource
{
    private static readonly TimeSpan FirstToken = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly TimeProvider _time;

    /// <summary>Creates the source.</summary>
    /// <param name="time">Sets the pace.</param>
    /// <exception cref="ArgumentNullException"><paramref name="time"/> is null.</exception>
    public DemoSource(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <inheritdoc/>
    public string? Model => "demo";

    /// <inheritdoc/>
    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(writer);
        DemoRequest.Check(request);
        var maxTokens = request.Options.MaxOutputTokens ?? int.MaxValue;
        var words = DemoText.AnswerTo(request.Messages[^1].Text);
        writer.Usage(new TokenUsage { UncachedInputTokens = CountWords(request), OutputTokens = 0 });
        await Task.Delay(FirstToken, _time, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < words.Count && i < maxTokens; i++)
        {
            writer.Text(words[i]);
            writer.Usage(new TokenUsage { OutputTokens = i + 1 });
            await Task.Delay(Pace, _time, cancellationToken).ConfigureAwait(false);
        }
        writer.Complete(words.Count > maxTokens ? "max_tokens" : "end_turn");
    }

    private static int CountWords(ModelRequest request) => request.Messages.Sum(message => DemoText.Split(message.Text).Count);
}
