using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Tokenfall.Cli.Terminal;

/// <summary>
/// The output of a command. Results go to standard output, for people or, with <c>--json</c>, as exactly one JSON document;
/// progress goes to standard error, so that it never gets into a pipe.
/// </summary>
internal sealed class Screen
{
    /// <summary>The option that every command has.</summary>
    public static Option<bool> JsonOption { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output instead of text",
        Recursive = true,
    };

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly TextWriter _output;

    private Screen(bool json, TextWriter output, TextWriter error)
    {
        Json = json;
        _output = output;
        Out = Console(output, interactive: false);
        Progress = Console(error, interactive: ReferenceEquals(error, System.Console.Error) && !System.Console.IsErrorRedirected);
    }

    /// <summary>Whether results are printed as JSON.</summary>
    public bool Json { get; }

    /// <summary>The console for results.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>The console for progress; interactive at a terminal only.</summary>
    public IAnsiConsole Progress { get; }

    /// <summary>Creates the output of a running command.</summary>
    public static Screen Of(ParseResult result) =>
        new(result.GetValue(JsonOption), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);

    /// <summary>Writes the one JSON document of the command: snake_case names, enums as strings.</summary>
    public void WriteJson<T>(T document) => _output.WriteLine(JsonSerializer.Serialize(document, JsonOptions));

    /// <summary>Prints why the command failed to standard error; with <c>--json</c> also as the document.</summary>
    public void Fail(CommandException failure)
    {
        Progress.MarkupLineInterpolated($"[red]{failure.Message}[/]");
        if (Json) WriteJson(new { Error = new { failure.Code, failure.Message } });
    }

    // Respects NO_COLOR and terminals without colors; text in a pipe is wider than the default of 80 columns.
    private static IAnsiConsole Console(TextWriter writer, bool interactive)
    {
        var target = new AnsiConsoleOutput(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            // Redirected output is for programs, even where the environment promises colors.
            Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 140;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
        return console;
    }
}
