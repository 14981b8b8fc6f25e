namespace Tokenfall;

/// <summary>Turns a request into events: the one thing to implement for a new kind of model.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe.</remarks>
public interface IModelSource
{
    /// <summary>The model that will be asked, for the <c>start</c> event; null when it is not known before the answer.</summary>
    string? Model { get; }

    /// <summary>Removes this source's secrets, such as an API key, from text that is about to be logged.</summary>
    /// <param name="text">The message of an exception, which may repeat what was sent to the provider.</param>
    /// <returns>The text without secrets. By default it is returned as it is.</returns>
    string Redact(string text) => text;

    /// <summary>Asks the model and writes what it says, as it says it.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="writer">
    /// Takes the events. Call <see cref="RunWriter.Complete"/> only when the provider said that the answer is complete:
    /// returning without it ends the run as truncated.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancelled when the run is stopped or timed out. Close the connection to the provider at once, without draining it.
    /// </param>
    /// <returns>Completes when nothing more will be written.</returns>
    /// <exception cref="ModelException">The provider failed or refused.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped or timed out.</exception>
    Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken);
}
