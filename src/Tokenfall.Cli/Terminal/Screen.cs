using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Tokenfall.Cli.Terminal;

/// <summary>
/// Where a command speaks. Results go to standard output, for people or, with <c>--json</c>, as exactly one JSON document;
/// progress goes to standard error, so that it is never in a pipe's way.
/// </summary>
internal sealed class Screen
{
    /// <summary>Every command has it.</summary>
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

    /// <summary>Whether a program reads the result.</summary>
    public bool Json { get; }

    /// <summary>Results for people.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Progress; drawn live at a terminal only.</summary>
    public IAnsiConsole Progress { get; }

    /// <summary>The screen of a command that is being run.</summary>
    public static Screen Of(ParseResult result) =>
        new(result.GetValue(JsonOption), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);

    /// <summary>Writes the command's one document: names in snake_case, enums as words.</summary>
    public void WriteJson<T>(T document) => _output.WriteLine(JsonSerializer.Serialize(document, JsonOptions));

    /// <summary>Says why the command ends here, on standard error; with <c>--json</c> as a document, too.</summary>
    public void Fail(CommandException failure)
    {
        Progress.MarkupLineInterpolated($"[red]{failure.Message}[/]");
        if (Json) WriteJson(new { Error = new { failure.Code, failure.Message } });
    }

    // Detects NO_COLOR and terminals that know no colours; text in a pipe is wider than the 80 columns assumed otherwise.
    private static IAnsiConsole Console(TextWriter writer, bool interactive)
    {
        var target = new AnsiConsoleOutput(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            // The environment may promise colours; what is redirected is read by programs all the same.
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
