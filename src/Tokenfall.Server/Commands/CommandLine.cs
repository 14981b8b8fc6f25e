using System.CommandLine;
using System.CommandLine.Invocation;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Commands;

/// <summary>
/// The command line: without a command the server, else accounts and keys. Passwords come from the keyboard or from standard input,
/// never from the arguments, which every user of the machine can see.
/// </summary>
internal static class CommandLine
{
    private const int UsageError = 2;

    private const string Description = """
        Runs the Tokenfall server, or manages its accounts and API keys.

        Any setting may be given as --Name value or --Name=value, for the server and for commands alike:
          --urls http://localhost:8001
          --Tokenfall:MaxPromptLength=100
        """;

    /// <summary>Runs the server, or the command in the arguments.</summary>
    /// <returns>The exit code: 0 for success, 2 for invalid arguments.</returns>
    /// <exception cref="StartupException">The server cannot start, or the command was refused; the message says why.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        var (settings, command) = ServerArguments.Split(args);
        var result = Root(settings).Parse(command, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is ParseErrorAction error) error.ShowHelp = false;
        // The host has its own way to end on Ctrl+C and SIGTERM: it lets streams finish.
        var code = await result.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        if (result.Action is not ParseErrorAction) return code;
        Console.Error.WriteLine("Run with --help to see the commands and how to give settings.");
        return UsageError;
    }

    private static RootCommand Root(string[] settings)
    {
        var root = new RootCommand(Description) { AccountCommands.Create(settings), KeyCommands.Create(settings), BackupCommand.Create(settings) };
        root.SetAction((_, _) => ServerHost.RunAsync(settings));
        return root;
    }
}
