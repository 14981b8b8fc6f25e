using System.CommandLine;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor;

/// <summary><c>tokenfall doctor</c>: finds the hop that breaks streams, and names the line to change.</summary>
internal static class DoctorCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "The endpoint as readers reach it, such as https://example.org/ask/stream; without a path, /ask/stream" };
    private static readonly Option<string[]> Via = new("--via") { Description = "The same endpoint one hop further in; once for each hop, from the outside in" };
    private static readonly Option<bool> Long = new("--long") { Description = "Watch for cuts for 310 s instead of 12 s" };
    private static readonly Option<double?> Watch = new("--watch") { Description = "Watch for cuts for this many seconds" };
    private static readonly Option<string?> Report = ReportFile.Option("Write a page with the arrivals drawn, such as ticket.html");

    public static Command Create()
    {
        var command = new Command("doctor", "Find the hop that breaks streams, and the line to change") { Url, Via, Long, Watch, Report };
        AccessOptions.AddTo(command);
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
        var result = await new DoctorRun(options, progress.Report, TimeProvider.System).RunAsync(cancellationToken);
        var report = DoctorReport.Of(options, result);
        if (screen.Json) screen.WriteJson(report);
        else TextReport.Write(screen, result);
        var isReported = file is null || await file.TryWriteAsync(screen, HtmlReport.Of(result));
        return !result.Faults.Any() && isReported ? ExitCode.Fine : ExitCode.Failed;
    }

    private static DoctorOptions Options(ParseResult args)
    {
        if (args.GetValue(Watch) is not (null or >= 3 and <= 590)) throw CommandException.Usage("--watch takes 3 to 590 seconds.");
        var path = Hop.Path(Endpoint(args.GetValue(Url)!), (args.GetValue(Via) ?? []).Select(Endpoint));
        var watch = args.GetValue(Watch) is { } seconds ? TimeSpan.FromSeconds(seconds) : args.GetValue(Long) ? DoctorOptions.LongWatch : DoctorOptions.ShortWatch;
        return new(path, AccessOptions.Read(args), watch);
    }

    private static Uri Endpoint(string text)
    {
        var url = Urls.Parse(text);
        if (url.Query.Length > 0) throw CommandException.Usage($"Remove {url.Query} from the address: it must be that of an endpoint, such as https://example.org/ask/stream.");
        return new(url.GetLeftPart(UriPartial.Path));
    }
}
