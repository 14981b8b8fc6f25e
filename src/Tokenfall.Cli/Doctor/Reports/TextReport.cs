using Spectre.Console;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>The result for a person at a terminal.</summary>
internal static class TextReport
{
    public static void Write(Screen screen, DoctorResult result)
    {
        var console = screen.Out;
        foreach (var evidence in result.Path) Summarize(console, evidence);
        foreach (var finding in result.Findings) Write(console, finding);
        var faults = result.Faults.Count();
        console.WriteLine();
        console.MarkupLineInterpolated(faults == 0
            ? (FormattableString)$"[green]Healthy[/]: streams come through as they are sent ({result.Duration.TotalSeconds:0} s)"
            : $"[red]{(faults == 1 ? "1 finding" : $"{faults} findings")}[/] ({result.Duration.TotalSeconds:0} s)");
    }

    private static void Summarize(IAnsiConsole console, Evidence evidence)
    {
        var products = ProductDetector.SeenAt(evidence);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{evidence.Hop.Url}[/]{(products.Count == 0 ? "" : $"  ({string.Join(", ", products.Order().Select(ProductNames.Of))})")}");
        foreach (var wire in evidence.Variants.GroupBy(variant => variant.Variant.Wire))
            console.WriteLine($"  {ProbeVariant.WireName(wire.Key),-13} {Summary([.. wire])}");
        if (evidence.Idle is { } idle) console.WriteLine($"  silent stream {ResultText.Of(idle.Silent)}; with heartbeats {ResultText.Of(idle.WithHeartbeats)}");
        if (evidence.Abort is { Seen: { } seen } abort)
            console.WriteLine(seen ? $"  disconnect    noticed after {ResultText.Milliseconds(abort.DelayMs)}" : "  disconnect    never noticed");
    }

    private static string Summary(IReadOnlyList<VariantResult> variants)
    {
        if (variants.All(variant => variant.Recording.NotOffered)) return "not offered";
        var kinds = variants.GroupBy(variant => variant.Recording.IsStream ? ResultText.Of(variant.Pattern.Kind) : ResultText.Of(variant.Recording));
        var lags = variants.Where(variant => variant.Pattern.Kind != Arrivals.Unknown).Select(variant => variant.Pattern.MedianLag).Order().ToList();
        var text = string.Join(", ", kinds.Select(kind => kind.Count() == variants.Count ? kind.Key : $"{kind.Key} in {kind.Count()} of {variants.Count} variants"));
        return lags.Count == 0 ? text : $"{text}; median lag {ResultText.Milliseconds(lags[lags.Count / 2])}";
    }

    private static void Write(IAnsiConsole console, Finding finding)
    {
        var colour = finding.Severity switch { Severity.Fault => "red", Severity.Warning => "yellow", _ => "grey" };
        console.WriteLine();
        console.Markup($"[{colour}]{(finding.Severity == Severity.Note ? "note" : "finding")}[/] ");
        console.MarkupLineInterpolated($"[bold]{finding.Id}[/]  {finding.Title}");
        console.WriteLine($"  at        {finding.Hop}{(finding.Products.Count == 0 ? "" : $" ({string.Join(", ", finding.Products)})")}");
        console.WriteLine($"  cause     {finding.Cause}");
        foreach (var line in finding.Evidence) console.WriteLine($"  measured  {line}");
        foreach (var fix in finding.Fixes)
            // Never wrapped, however narrow the terminal: people copy them.
            foreach (var line in fix.Line.Split('\n')) console.Profile.Out.Writer.WriteLine($"  {fix.Product + ":",-9} {line}");
        console.Profile.Out.Writer.WriteLine($"  more      docs/troubleshooting.md#{finding.Id}");
    }
}
