using System.Globalization;
using System.Net;
using System.Text;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>A chart of horizontal bars as an SVG file: from zero, in proportion, each with its median and a line from lowest to highest.</summary>
internal static class Chart
{
    // Smaller than any measured value; avoids a division by zero.
    private const double MinScale = 1e-9;
    private const int Width = 900, Left = 390, MaxBarWidth = 380, Row = 26, Thickness = 16;

    // Its background is the page's: colors that can be read on a light and on a dark one, and better ones where the reader's choice is known.
    private const string Style =
        "text{font:13px system-ui,sans-serif;fill:#6e7781}rect{fill:#8c959f}line{stroke:#57606a;stroke-width:1.5}.own{fill:#0969da}text.own{font-weight:600}"
        + "@media(prefers-color-scheme:dark){text{fill:#9198a1}rect{fill:#656c76}line{stroke:#d1d7e0}.own{fill:#4493f8}}";

    /// <param name="title">What is compared.</param>
    /// <param name="bars">From top to bottom; at least one.</param>
    public static string Of(string title, IReadOnlyList<Bar> bars)
    {
        var scale = MaxBarWidth / Math.Max(MinScale, bars.Max(bar => bar.Value.Highest));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {bars.Count * Row}\" width=\"{Width}\" height=\"{bars.Count * Row}\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode($"{title}: {Describe(bars)}")}</title>\n<style>{Style}</style>\n");
        for (var i = 0; i < bars.Count; i++) Append(svg, bars[i], i * Row, scale);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Describes the chart in words.</summary>
    public static string Describe(IReadOnlyList<Bar> bars) => string.Join("; ", bars.Select(bar => $"{bar.Label} {Describe(bar)}"));

    private static string Describe(Bar bar) => $"{TableReport.Number(bar.Value.Median)} {bar.Unit}".TrimEnd();

    private static void Append(StringBuilder svg, Bar bar, int top, double scale)
    {
        var (label, own) = (WebUtility.HtmlEncode(bar.Label), bar.IsOwn ? " class=\"own\"" : "");
        var (middle, baseline) = (top + Row / 2, top + Row / 2 + 5);
        svg.Append(CultureInfo.InvariantCulture, $"<text{own} x=\"{Left - 10}\" y=\"{baseline}\" text-anchor=\"end\">{label}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect{own} x=\"{Left}\" y=\"{middle - Thickness / 2}\" width=\"{bar.Value.Median * scale:F1}\" height=\"{Thickness}\" rx=\"2\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left + bar.Value.Lowest * scale:F1}\" y1=\"{middle}\" x2=\"{Left + bar.Value.Highest * scale:F1}\" y2=\"{middle}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text{own} x=\"{Left + bar.Value.Highest * scale + 8:F1}\" y=\"{baseline}\">{WebUtility.HtmlEncode(Describe(bar))}</text>\n");
    }
}
