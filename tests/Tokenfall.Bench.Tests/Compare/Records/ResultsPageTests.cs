using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Tests.Compare.Records;

public class ResultsPageTests
{
    [Fact]
    public void Of_ThreeRounds_HasMedianSpreadAndRatio()
    {
        var page = ResultsPage.Of([.. Rounds("tokenfall", 10, 30, 20), .. Rounds("nginx", 8, 10, 12)], "2 cores.");

        Assert.Contains("| Tokenfall | 20 (10 to 30) | 1.00x |", page, StringComparison.Ordinal);
        Assert.Contains("| nginx, plain relay | 10 (8 to 12) | 0.50x |", page, StringComparison.Ordinal);
        Assert.Contains("Measured on 2026-11-22. 2 cores.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13.9, "met")]
    [InlineData(14.1, "missed")]
    public void Of_Target_ComparesMedians(double own, string verdict)
    {
        var page = ResultsPage.Of([.. Rounds("tokenfall", own), .. Rounds("nginx", 10)], "2 cores.");

        Assert.Contains($"x | {verdict} |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("raw relay | at most", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ProblemsAndNotes_AreUnderTheTable()
    {
        var wrong = Rounds("nginx", 10).Single() with { Notes = ["it did not keep up"], Problems = ["lost\r\na token"] };

        var page = ResultsPage.Of([wrong], "2 cores.");

        Assert.Contains("- nginx, plain relay: it did not keep up", page, StringComparison.Ordinal);
        Assert.Contains("- WRONG, nginx, plain relay: lost a token", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralContenders_ShowsTheChartWithItsWords()
    {
        Measurement[] measured = [.. Rounds("tokenfall", 10, 30, 20), .. Rounds("nginx", 8)];

        Assert.Contains("![CPU per delta: Tokenfall 20 µs; nginx, plain relay 8 µs](results/cpu-1000.svg)", ResultsPage.Of(measured, "2 cores."), StringComparison.Ordinal);
        Assert.Equal("results/cpu-1000.svg", Assert.Single(ResultsPage.ChartsOf(measured)).File);
    }

    [Fact]
    public void Of_OneContender_HasNoChart()
    {
        Measurement[] measured = [.. Rounds("tokenfall", 10)];

        Assert.DoesNotContain("![", ResultsPage.Of(measured, "2 cores."), StringComparison.Ordinal);
        Assert.Empty(ResultsPage.ChartsOf(measured));
    }

    private static IEnumerable<Measurement> Rounds(string contender, params double[] values) => values.Select((value, at) =>
        new Measurement("cpu-1000", contender, at + 1, new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), [new Figure("CPU per delta", "µs", value, null)], [], []));
}
