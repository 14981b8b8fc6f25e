using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Tokenfall.Cli.Terminal;

/// <summary>Examples below the help of a command.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string[]> Lines = [];

    /// <summary>Adds lines such as <c>tokenfall mock --port 9000</c>.</summary>
    public static T WithExamples<T>(this T command, params string[] lines)
        where T : Command
    {
        Lines.Add(command, lines);
        return command;
    }

    /// <summary>Appends its examples to the help of every command, and one of each command to that of the root.</summary>
    public static void ShowInHelp(RootCommand root)
    {
        root.WithExamples([.. root.Subcommands.SelectMany(command => Of(command).Take(1))]);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    private static string[] Of(Command command) => Lines.TryGetValue(command, out var lines) ? lines : [];

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult result)
        {
            var code = help.Invoke(result);
            var examples = Of(result.CommandResult.Command);
            if (examples.Length == 0) return code;
            var output = result.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            return code;
        }
    }
}
