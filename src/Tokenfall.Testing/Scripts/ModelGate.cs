namespace Tokenfall.Testing;

/// <summary>
/// Holds a stream before one of its tokens, so that a test is in mid-answer without sleeping. Thread-safe.
/// </summary>
/// <remarks>
/// A gate opens once and stays open. Every stream whose script has it waits at it. Time spent at the gate does not count for the pace.
/// </remarks>
/// <param name="beforeToken">
/// How many tokens are sent first: 0 holds before the first. A number past the last token holds before the end of the message.
/// </param>
public sealed class ModelGate(int beforeToken)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many tokens are sent before the gate.</summary>
    public int BeforeToken { get; } = beforeToken >= 0
        ? beforeToken
        : throw new ArgumentOutOfRangeException(nameof(beforeToken), beforeToken, "A gate stands before token 0 or a later one.");

    /// <summary>Completes when a stream has sent every token before the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the held streams, and all later ones, pass.</summary>
    public void Open() => _opened.TrySetResult();

    internal bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Says that a stream has arrived, and waits until the gate is open.</summary>
    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}
