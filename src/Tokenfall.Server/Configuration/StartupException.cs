namespace Tokenfall.Server.Configuration;

/// <summary>The server cannot start, or a command was refused. The message says what to do; it is shown without a stack trace.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
