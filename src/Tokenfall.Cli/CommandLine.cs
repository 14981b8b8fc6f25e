using System.CommandLine;
using System.CommandLine.Invocation;
using Tokenfall.Cli.Bench;
using Tokenfall.Cli.Doctor;
using Tokenfall.Cli.Mock;
using Tokenfall.Cli.Plan;
using Tokenfall.Cli.Proxies;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;

namespace Tokenfall.Cli;

/// <summary>The commands, and what they share: help, <c>--json</c>, exit codes, error messages.</summary>
internal static class CommandLine
{
    /// <summary>How arguments are parsed: <c>@file</c> is the value of an option here, not a file with further arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
        };
        try
        {
            return await RunAsync(Root().Parse(args, Parsing), invocation);
        }
        catch (Exception unexpected)
        {
            await invocation.Error.WriteLineAsync($"tokenfall failed unexpectedly. Please report the command and these lines:\n{unexpected}");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> RunAsync(ParseResult result, InvocationConfiguration invocation)
    {
        try
        {
            if (result.Action is not ParseErrorAction error) return await result.InvokeAsync(invocation);
            error.ShowHelp = false;
            await result.InvokeAsync(invocation);
            await invocation.Error.WriteLineAsync("Run with --help to see the commands and options.");
            return ExitCode.Usage;
        }
        catch (CommandException failure)
        {
            return Fail(result, failure);
        }
        catch (ServerUnreachableException unreachable)
        {
            return Fail(result, CommandException.Unreachable(unreachable.Message, unreachable));
        }
        catch (FileLimitException tooLow)
        {
            return Fail(result, CommandException.Usage(tooLow.Message));
        }
        catch (OperationCanceledException)
        {
            await invocation.Error.WriteLineAsync("Stopped.");
            return ExitCode.Stopped;
        }
    }

    private static int Fail(ParseResult result, CommandException failure)
    {
        Screen.Of(result).Fail(failure);
        return failure.ExitCode;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Diagnose streams, load a server with them, plan capacity for them, and mock the model that sends them.")
        {
            DoctorCommand.Create(),
            ProxyCommand.Create(),
            BenchCommand.Create(),
            PlanCommand.Create(),
            MockCommand.Create(),
        };
        root.Options.Add(Screen.JsonOption);
        Examples.ShowInHelp(root);
        return root;
    }
}
