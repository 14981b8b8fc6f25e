using System.Globalization;
using System.Text;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;
using static Tokenfall.Cli.Terminal.ReportPage;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>A page to attach to a ticket: findings first, then every stream drawn. One file that loads nothing.</summary>
internal static class HtmlReport
{
    public static string Of(Diagnosed diagnosed)
    {
        var faults = diagnosed.Faults.Count();
        var page = new StringBuilder();
        foreach (var finding in diagnosed.Findings) Append(page, finding);
        foreach (var evidence in diagnosed.Path) Append(page, evidence);
        return new ReportPage
        {
            Title = $"Streams through {diagnosed.Path[0].Hop.Url.Host}",
            Heading = $"Streams through {diagnosed.Path[0].Hop.Url}",
            IsFine = faults == 0,
            Verdict = faults == 0 ? "Healthy" : faults == 1 ? "1 finding" : $"{faults} findings",
            Facts = string.Create(CultureInfo.InvariantCulture, $"{DoctorReport.ToolName} doctor, {diagnosed.At:yyyy-MM-dd HH:mm} UTC, {diagnosed.Duration.TotalSeconds:0} s"),
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
        // Where nothing was recognised the lines are many: they open on demand.
        page.Append(finding.Fixes.Count <= 2 ? $"<dl>{fixes}</dl>\n" : $"<details><summary>What to change, by product</summary><dl>{fixes}</dl></details>\n");
        page.Append("</section>\n");
    }

    private static void Append(StringBuilder page, Evidence evidence)
    {
        var products = Recognition.At(evidence);
        page.Append(CultureInfo.InvariantCulture, $"""
            <section>
            <h2>{Text(evidence.Hop.Url)}</h2>
            <p class="quiet">{(products.Count == 0 ? "No product recognised" : Text(string.Join(", ", products.Order().Select(ProductNames.Of))))}{Leaving(evidence.Abort)}</p>

            """);
        if (evidence.Variants.Count == 0) page.Append(CultureInfo.InvariantCulture, $"<p>{Text(Words.Of(evidence.First))}</p>\n");
        else
        {
            page.Append("<p class=\"quiet\">Above, when the application sent each event; below, when it arrived.</p>\n<table>\n");
            foreach (var variant in evidence.Variants.Where(variant => !variant.Recording.NotOffered))
                Append(page, variant.Variant.ToString(), variant.Recording, variant.Recording.IsStream ? variant.Pattern.Kind : null, variant.Pattern);
            if (evidence.Idle is { } idle)
            {
                Append(page, "silent", idle.Silent, null, null);
                Append(page, "with heartbeats", idle.Beating, null, null);
            }
            page.Append("</table>\n");
        }
        page.Append("</section>\n");
    }

    private static void Append(StringBuilder page, string name, Recording recording, Arrivals? kind, Pattern? pattern)
    {
        var isFine = kind is null ? recording.Ending == Ending.Complete : kind == Arrivals.Live;
        var said = kind is null ? Words.Of(recording) : Words.Of(pattern!, recording);
        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{(isFine ? "live" : "late")}\"><th>{Text(name)}</th><td>{Timeline.Of(recording)}</td><td>{Text(said)}</td></tr>\n");
    }

    private static string Leaving(AbortResult? abort) => abort?.Seen switch
    {
        true => $"; a reader's leaving is noticed after {Words.Milliseconds(abort.DelayMs)}",
        false => "; a reader's leaving is never noticed",
        null => "",
    };
}
