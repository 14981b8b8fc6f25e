using System.CommandLine;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor;

/// <summary><c>tokenfall doctor</c>: finds the hop that breaks streams, and says the line to change.</summary>
internal static class DoctorCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "The endpoint as readers reach it, such as https://example.org/ask/stream; without a path, /ask/stream" };
    private static readonly Option<string[]> Via = new("--via") { Description = "The same endpoint one hop further in; once for each hop, from the outside in" };
    private static readonly Option<string?> Key = new("--key") { Description = "API key; or in the environment variable TOKENFALL_KEY" };
    private static readonly Option<string[]> Header = new("--header") { Description = "A further request header, such as \"Cookie: ...\"" };
    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Take any certificate" };
    private static readonly Option<bool> Long = new("--long") { Description = "Watch for cuts up to 300 s instead of 12 s" };
    private static readonly Option<double?> Watch = new("--watch") { Description = "Watch for cuts for so many seconds" };
    private static readonly Option<string?> Report = ReportFile.Option("Write a page with the arrivals drawn, such as ticket.html");

    public static Command Create()
    {
        var command = new Command("doctor", "Find the hop that breaks streams, and the line to change") { Url, Via, Key, Header, Insecure, Long, Watch, Report };
        command.SetAction(RunAsync);
        return command.WithExamples(
            "tokenfall doctor https://example.org --key tfk_...",
            "tokenfall doctor https://example.org/ask/stream --via http://127.0.0.1:8000",
            "tokenfall doctor https://example.org --long --report ticket.html");
    }

    private static async Task<int> RunAsync(ParseResult args, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(args);
        var options = Options(args);
        var file = ReportFile.At(args.GetValue(Report));
        var progress = new DoctorProgress(screen, options);
        var diagnosed = await new Consultation(options, progress.Tell, TimeProvider.System).RunAsync(cancellationToken);
        var report = DoctorReport.Of(options, diagnosed);
        if (screen.Json) screen.WriteJson(report);
        else TextReport.Write(screen, diagnosed);
        var isReported = file is null || await file.TryWriteAsync(screen, HtmlReport.Of(diagnosed));
        return !diagnosed.Faults.Any() && isReported ? ExitCode.Fine : ExitCode.Failed;
    }

    private static DoctorOptions Options(ParseResult args)
    {
        var path = Hop.Path(Address(args.GetValue(Url)!), (args.GetValue(Via) ?? []).Select(Address));
        var key = args.GetValue(Key) ?? Environment.GetEnvironmentVariable("TOKENFALL_KEY");
        var access = new Access(string.IsNullOrEmpty(key) ? null : key, [.. (args.GetValue(Header) ?? []).Select(HeaderOf)], args.GetValue(Insecure));
        var watch = args.GetValue(Watch) is { } seconds ? TimeSpan.FromSeconds(seconds) : args.GetValue(Long) ? DoctorOptions.LongWatch : DoctorOptions.ShortWatch;
        if (watch < TimeSpan.FromSeconds(3) || watch > TimeSpan.FromSeconds(590)) throw CommandException.Usage("--watch takes 3 to 590 seconds.");
        return new(path, access, watch);
    }

    private static Uri Address(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw CommandException.Usage($"\"{text}\" is no address. Write it with http:// or https://.");
        // The address is printed in reports that go into tickets.
        if (url.UserInfo.Length > 0) throw CommandException.Usage($"Leave the name and the password out of the address of {url.Host}. Give them with --header \"Authorization: Basic ...\".");
        if (url.Query.Length > 0) throw CommandException.Usage($"Leave {url.Query} out of the address: it is that of an endpoint, such as https://example.org/ask/stream.");
        return new(url.GetLeftPart(UriPartial.Path));
    }

    private static KeyValuePair<string, string> HeaderOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? KeyValuePair.Create(text[..colon].Trim(), text[(colon + 1)..].Trim()) : throw CommandException.Usage($"\"{text}\" is no header. Write it as \"Name: value\".");
    }
}
