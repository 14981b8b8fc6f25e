namespace Tokenfall.Server.Configuration;

/// <summary>Why the server does not start: the message is for the person at the console and says what to do. No stack trace is shown.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
