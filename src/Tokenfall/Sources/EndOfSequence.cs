namespace Tokenfall;

/// <summary>For sources whose end is the end of the answer.</summary>
public static class EndOfSequence
{
    internal const string StopReason = "end_turn";

    /// <summary>
    /// Makes the end of the source's stream complete the answer, although nothing in it said so. For an
    /// <see cref="Microsoft.Extensions.AI.IChatClient"/> of your own that yields text and ends; not for a provider's client, which ends in the
    /// same way when its connection is cut.
    /// </summary>
    /// <param name="source">The source. It stays yours to dispose.</param>
    /// <returns>A source that asks <paramref name="source"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static IModelSource EndOfSequenceCompletes(this IModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new CompletingSource(source);
    }

    /// <summary>Asks the source, and completes the answer when it returns without having done so.</summary>
    internal static async Task CompleteAsync(IModelSource source, ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        writer.EndCompletes = true;
        await source.StreamAsync(request, writer, cancellationToken).ConfigureAwait(false);
        // A cancelled source may just return.
        if (writer.StopReason is null && !cancellationToken.IsCancellationRequested) writer.Complete(StopReason);
    }

    private sealed class CompletingSource(IModelSource source) : IModelSource
    {
        public string? Model => source.Model;

        public string Redact(string text) => source.Redact(text);

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken) =>
            CompleteAsync(source, request, writer, cancellationToken);
    }
}
