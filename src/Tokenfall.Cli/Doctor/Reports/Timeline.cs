using System.Globalization;
using System.Text;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>Draws one stream: for each event a line from when it was sent to when it arrived.</summary>
internal static class Timeline
{
    private const double Width = 640;
    private const double Height = 40;
    private const double Margin = 8;

    public static string Of(Recording recording)
    {
        var longest = Math.Max(recording.Request.DurationMs, recording.EndedMs);
        double X(double milliseconds) => Margin + ((Width - (2 * Margin)) * milliseconds / longest);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width:0} {Height:0}\" role=\"img\" aria-label=\"{recording.Frames.Count} events, {ResultText.Of(recording)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"rail\" d=\"M{Margin} 8H{Width - Margin}M{Margin} 32H{Width - Margin}\"/>");
        foreach (var second in Seconds(longest)) svg.Append(CultureInfo.InvariantCulture, $"<path class=\"rail\" d=\"M{X(second):0.0} 4V36\"/>");
        foreach (var beat in recording.CommentsMs) svg.Append(CultureInfo.InvariantCulture, $"<path class=\"beat\" d=\"M{X(beat):0.0} 27V37\"/>");
        foreach (var frame in recording.Frames)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<path class=\"way\" d=\"M{X(frame.SentMs):0.0} 8L{X(frame.ArrivedMs):0.0} 32\"/><circle class=\"sent\" cx=\"{X(frame.SentMs):0.0}\" cy=\"8\" r=\"2.5\"/>");
            svg.Append(CultureInfo.InvariantCulture,
                $"<circle class=\"here\" cx=\"{X(frame.ArrivedMs):0.0}\" cy=\"32\" r=\"3.5\"><title>event {frame.Number}: sent {frame.SentMs:0} ms, arrived {frame.ArrivedMs:0} ms</title></circle>");
        }
        if (recording.Ending is Ending.Cut)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"cut\" d=\"M{X(recording.EndedMs) - 5:0.0} 27l10 10m0 -10l-10 10\"/>");
        return svg.Append("</svg>").ToString();
    }

    // A line each second; fewer where there would be too many.
    private static IEnumerable<double> Seconds(double longest)
    {
        var step = longest > 60_000 ? 30_000 : longest > 20_000 ? 10_000 : 1000;
        for (var at = step; at < longest; at += step) yield return at;
    }
}
