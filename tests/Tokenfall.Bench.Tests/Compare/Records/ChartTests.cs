using System.Globalization;
using System.Xml.Linq;
using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Tests.Compare.Records;

public class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Of_Bars_AreAsLongAsTheirMediansInProportion()
    {
        var chart = Draw(Bar("Tokenfall", 10, isOwn: true), Bar("R&D <relay>", 40));

        var widths = chart.Elements(Svg + "rect").Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(4, widths[1] / widths[0], 0.01);
        Assert.Equal(["own", null], chart.Elements(Svg + "rect").Select(bar => bar.Attribute("class")?.Value));
    }

    [Fact]
    public void Of_Line_GoesFromLowestToHighest()
    {
        var chart = Draw(new Bar("one", new MedianRange(50, 25, 100), "µs", IsOwn: false));

        var (bar, line) = (chart.Element(Svg + "rect")!, chart.Element(Svg + "line")!);
        var (begin, width) = (Number(bar, "x"), Number(bar, "width"));
        Assert.Equal(begin + width / 2, Number(line, "x1"), 0.2);
        Assert.Equal(begin + width * 2, Number(line, "x2"), 0.2);
    }

    [Fact]
    public void Of_Title_SaysWhatTheBarsShow() =>
        Assert.Equal("CPU: Tokenfall 10 µs; R&D <relay> 40 µs", Draw(Bar("Tokenfall", 10), Bar("R&D <relay>", 40)).Element(Svg + "title")!.Value);

    [Fact]
    public void Of_OnlyZeros_IsAChart() => Assert.Equal("0.0", Draw(Bar("Tokenfall", 0)).Element(Svg + "rect")!.Attribute("width")!.Value);

    private static XElement Draw(params Bar[] bars) => XElement.Parse(Chart.Of("CPU", bars));

    private static Bar Bar(string label, double value, bool isOwn = false) => new(label, new MedianRange(value, value, value), "µs", isOwn);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
