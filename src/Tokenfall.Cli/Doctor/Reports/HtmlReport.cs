using System.Globalization;
using System.Text;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;
using static Tokenfall.Cli.Terminal.ReportPage;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>A page to attach to a ticket: the findings, then a drawing of every stream. One file that loads nothing.</summary>
internal static class HtmlReport
{
    public static string Of(DoctorResult result)
    {
        var faults = result.Faults.Count();
        var page = new StringBuilder();
        foreach (var finding in result.Findings) Append(page, finding);
        foreach (var evidence in result.Path) Append(page, evidence);
        return new ReportPage
        {
            Title = $"Streams through {result.Path[0].Hop.Url.Host}",
            Heading = $"Streams through {result.Path[0].Hop.Url}",
            IsFine = faults == 0,
            Verdict = faults == 0 ? "Healthy" : faults == 1 ? "1 finding" : $"{faults} findings",
            Facts = string.Create(CultureInfo.InvariantCulture, $"{DoctorReport.ToolName} doctor, {result.At:yyyy-MM-dd HH:mm} UTC, {result.Duration.TotalSeconds:0} s"),
        }.With(page);
    }

    private static void Append(StringBuilder page, Finding finding)
    {
        var isNote = finding.Severity == Severity.Note;
        page.Append(CultureInfo.InvariantCulture, $"""
            <section class="finding {(isNote ? "note" : finding.Severity == Severity.Fault ? "fault" : "warning")}">
            <h2>{Text(finding.Title)} <code>{finding.Id}</code></h2>
            <p class="where">{Text(finding.Hop)}{(finding.Products.Count == 0 ? "" : $" · {Text(string.Join(", ", finding.Products))}")}</p>
            <p>{Text(finding.Cause)}</p>
            <ul>{string.Concat(finding.Evidence.Select(line => $"<li>{Text(line)}</li>"))}</ul>

            """);
        var fixes = string.Concat(finding.Fixes.Select(fix => $"<dt>{Text(fix.Product)}</dt><dd><pre>{Text(fix.Line)}</pre></dd>"));
        // Where no product was recognized there are many lines: they open on demand.
        page.Append(finding.Fixes.Count <= 2 ? $"<dl>{fixes}</dl>\n" : $"<details><summary>What to change, by product</summary><dl>{fixes}</dl></details>\n");
        page.Append("</section>\n");
    }

    private static void Append(StringBuilder page, Evidence evidence)
    {
        var products = ProductDetector.SeenAt(evidence);
        page.Append(CultureInfo.InvariantCulture, $"""
            <section>
            <h2>{Text(evidence.Hop.Url)}</h2>
            <p class="quiet">{(products.Count == 0 ? "No product recognized" : Text(string.Join(", ", products.Order().Select(ProductNames.Of))))}{Disconnect(evidence.Abort)}</p>

            """);
        if (evidence.Variants.Count == 0) page.Append(CultureInfo.InvariantCulture, $"<p>{Text(ResultText.Of(evidence.First))}</p>\n");
        else
        {
            page.Append("<p class=\"quiet\">Above, when the application sent each event; below, when it arrived.</p>\n<table>\n");
            foreach (var variant in evidence.Variants.Where(variant => !variant.Recording.NotOffered))
                Append(page, variant.Variant.ToString(), variant.Recording, variant.Recording.IsStream ? variant.Pattern.Kind : null, variant.Pattern);
            if (evidence.Idle is { } idle)
            {
                Append(page, "silent", idle.Silent, null, null);
                Append(page, "with heartbeats", idle.WithHeartbeats, null, null);
            }
            page.Append("</table>\n");
        }
        page.Append("</section>\n");
    }

    private static void Append(StringBuilder page, string name, Recording recording, Arrivals? kind, Pattern? pattern)
    {
        var isFine = kind is null ? recording.Ending == Ending.Complete : kind == Arrivals.Live;
        var text = kind is null ? ResultText.Of(recording) : ResultText.Of(pattern!, recording);
        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{(isFine ? "live" : "late")}\"><th>{Text(name)}</th><td>{Timeline.Of(recording)}</td><td>{Text(text)}</td></tr>\n");
    }

    private static string Disconnect(AbortResult? abort) => abort?.Seen switch
    {
        true => $"; a disconnect is noticed after {ResultText.Milliseconds(abort.DelayMs)}",
        false => "; a disconnect is never noticed",
        null => "",
    };
}
