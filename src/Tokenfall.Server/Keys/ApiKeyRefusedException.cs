namespace Tokenfall.Server.Keys;

/// <summary>A key was not added. The message says why, and what to do.</summary>
/// <param name="message">For the person who asked for the key.</param>
/// <param name="isFull">Whether the account has as many keys as it may have.</param>
internal sealed class ApiKeyRefusedException(string message, bool isFull = false) : Exception(message)
{
    /// <summary>Whether the account has as many keys as it may have.</summary>
    public bool IsFull { get; } = isFull;
}
