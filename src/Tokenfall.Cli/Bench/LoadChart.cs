using System.Globalization;
using System.Text;

namespace Tokenfall.Cli.Bench;

/// <summary>Draws lines over time as a scalable SVG that shows its values on hover.</summary>
internal static class LoadChart
{
    private const double Width = 640, Height = 200, Left = 56, Right = 12, Top = 12, Bottom = 28;

    /// <param name="title">What it shows; also the label for screen readers.</param>
    /// <param name="unit">The unit of the values.</param>
    /// <param name="at">The times of the values, in seconds.</param>
    /// <param name="lines">The values at those times, by name; at most two lines.</param>
    public static string Of(string title, string unit, IReadOnlyList<double> at, params (string Name, IReadOnlyList<double> Values)[] lines)
    {
        var (end, most) = (Math.Max(1, at[^1]), NiceAbove(lines.SelectMany(line => line.Values).DefaultIfEmpty().Max()));
        double X(double second) => Left + (Width - Left - Right) * second / end;
        double Y(double value) => Height - Bottom - (Height - Top - Bottom) * value / most;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{title}, {unit}{Legend(lines)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        for (var step = 0; step <= 4; step++)
        {
            var value = most * step / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"rail\" d=\"M{Left} {Y(value):0.#}H{Width - Right}\"/><text class=\"y\" x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\">{Label(value)}</text>");
        }
        for (double second = 0, step = NiceAbove(end / 5); second <= end; second += step)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"x\" x=\"{X(second):0.#}\" y=\"{Height - 8}\">{Label(second)} s</text>");
        for (var number = 0; number < lines.Length; number++)
        {
            var points = string.Join(' ', at.Zip(lines[number].Values, (second, value) => string.Create(CultureInfo.InvariantCulture, $"{X(second):0.#},{Y(value):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line{number}\" points=\"{points}\"/>");
        }
        for (var i = 0; i < at.Count; i++)
        {
            var values = string.Join(", ", lines.Select(line => $"{line.Name} {Label(line.Values[i])}"));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"hover\" x=\"{X(i == 0 ? 0 : at[i - 1]):0.#}\" y=\"{Top}\" width=\"{X(at[i]) - X(i == 0 ? 0 : at[i - 1]):0.#}\" height=\"{Height - Top - Bottom}\"><title>{at[i]:0.#} s: {values} {unit}</title></rect>");
        }
        return svg.Append("</svg></figure>\n").ToString();
    }

    private static string Legend((string Name, IReadOnlyList<double> Values)[] lines) =>
        lines.Length < 2 ? "" : string.Concat(lines.Select((line, number) => $" <span class=\"key{number}\">{line.Name}</span>"));

    private static double NiceAbove(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return ((double[])[1, 2, 4, 5, 8, 10]).First(step => step * power >= value * 0.999) * power;
    }

    private static string Label(double value) => value.ToString(value >= 1000 ? "N0" : value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
