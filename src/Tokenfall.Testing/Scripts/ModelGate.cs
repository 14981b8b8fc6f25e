namespace Tokenfall.Testing;

/// <summary>
/// Pauses a stream before one of its tokens, so that a test can act in mid-answer without sleeping. Thread-safe.
/// </summary>
/// <remarks>
/// A gate opens once and stays open. Every stream whose script has it waits at it. The time spent at the gate does not count for the rate.
/// </remarks>
/// <param name="beforeToken">
/// How many tokens are sent before the gate; with a number past the last token, the gate is before the end of the message.
/// </param>
public sealed class ModelGate(int beforeToken)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many tokens are sent before the gate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int BeforeToken { get; } = beforeToken >= 0
        ? beforeToken
        : throw new ArgumentOutOfRangeException(nameof(beforeToken), beforeToken, "A gate needs a token number of 0 or more.");

    /// <summary>Completes when a stream has sent every token before the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the waiting streams, and all later ones, pass.</summary>
    public void Open() => _opened.TrySetResult();

    internal bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Reports that a stream has arrived, and waits until the gate is open.</summary>
    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}
