namespace Tokenfall.Cli.Terminal;

/// <summary>A command fails. The message says why, and what to do.</summary>
/// <param name="exitCode">One of <see cref="Terminal.ExitCode"/>.</param>
/// <param name="code">The error code for programs, such as <c>unreachable</c>.</param>
/// <param name="message">The message for people.</param>
/// <param name="cause">What happened underneath.</param>
internal sealed class CommandException(int exitCode, string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code;

    /// <summary>The arguments are invalid.</summary>
    public static CommandException Usage(string message) => new(Terminal.ExitCode.Usage, "usage", message);

    /// <summary>Nothing answers at the address.</summary>
    public static CommandException Unreachable(string message, Exception? cause = null) =>
        new(Terminal.ExitCode.Unreachable, "unreachable", message, cause);
}
