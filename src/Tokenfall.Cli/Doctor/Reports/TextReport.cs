using Spectre.Console;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>The result for a person at a terminal.</summary>
internal static class TextReport
{
    public static void Write(Screen screen, Diagnosed diagnosed)
    {
        var console = screen.Out;
        foreach (var evidence in diagnosed.Path) Summarise(console, evidence);
        foreach (var finding in diagnosed.Findings) Write(console, finding);
        var faults = diagnosed.Faults.Count();
        console.WriteLine();
        console.MarkupLineInterpolated(faults == 0
            ? (FormattableString)$"[green]Healthy[/]: streams come through as they are sent ({diagnosed.Duration.TotalSeconds:0} s)"
            : $"[red]{(faults == 1 ? "1 finding" : $"{faults} findings")}[/] ({diagnosed.Duration.TotalSeconds:0} s)");
    }

    private static void Summarise(IAnsiConsole console, Evidence evidence)
    {
        var products = Recognition.At(evidence);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{evidence.Hop.Url}[/]{(products.Count == 0 ? "" : $"  ({string.Join(", ", products.Order().Select(ProductNames.Of))})")}");
        foreach (var wire in evidence.Variants.GroupBy(variant => variant.Variant.Wire))
            console.WriteLine($"  {ProbeVariant.WireName(wire.Key),-13} {Summary([.. wire])}");
        if (evidence.Idle is { } idle) console.WriteLine($"  silent stream {Words.Of(idle.Silent)}; with heartbeats {Words.Of(idle.Beating)}");
        if (evidence.Abort is { Seen: { } seen } abort)
            console.WriteLine(seen ? $"  leaving       noticed after {Words.Milliseconds(abort.DelayMs)}" : "  leaving       never noticed");
    }

    private static string Summary(IReadOnlyList<VariantResult> variants)
    {
        if (variants.All(variant => variant.Recording.NotOffered)) return "not offered";
        var kinds = variants.GroupBy(variant => variant.Recording.IsStream ? Words.Of(variant.Pattern.Kind) : Words.Of(variant.Recording));
        var lags = variants.Where(variant => variant.Pattern.Kind != Arrivals.Unknown).Select(variant => variant.Pattern.MedianLag).Order().ToList();
        var said = string.Join(", ", kinds.Select(kind => kind.Count() == variants.Count ? kind.Key : $"{kind.Key} in {kind.Count()} of {variants.Count} variants"));
        return lags.Count == 0 ? said : $"{said}; median lag {Words.Milliseconds(lags[lags.Count / 2])}";
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
            // As they are, however narrow the terminal: they are copied.
            foreach (var line in fix.Line.Split('\n')) console.Profile.Out.Writer.WriteLine($"  {fix.Product + ":",-9} {line}");
        console.Profile.Out.Writer.WriteLine($"  more      docs/troubleshooting.md#{finding.Id}");
    }
}
