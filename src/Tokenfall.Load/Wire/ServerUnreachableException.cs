namespace Tokenfall.Load;

/// <summary>The server of a load cannot be reached. The message says why, and what to check.</summary>
/// <param name="message">The message.</param>
/// <param name="innerException">What happened underneath.</param>
public sealed class ServerUnreachableException(string message, Exception? innerException) : IOException(message, innerException);
