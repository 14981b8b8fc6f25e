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

/// <summary>The commands, and what they have in common: help, <c>--json</c>, exit codes, errors in words.</summary>
internal static class CommandLine
{
    /// <summary>How arguments are read: <c>@file</c> is the value of an option here, not a file of further arguments.</summary>
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
        catch (Exception unforeseen)
        {
            await invocation.Error.WriteLineAsync($"tokenfall has failed in a way that was not foreseen. Please report the command and these lines:\n{unforeseen}");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> RunAsync(ParseResult result, InvocationConfiguration invocation)
    {
        try
        {
            if (result.Action is not ParseErrorAction wrong) return await result.InvokeAsync(invocation);
            wrong.ShowHelp = false;
            await result.InvokeAsync(invocation);
            await invocation.Error.WriteLineAsync("Add --help to see what is possible.");
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
            await invocation.Error.WriteLineAsync("Stopped before the end.");
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
        var root = new RootCommand("Streams, measured: load a server with them, plan for them, and play the model that sends them.")
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
