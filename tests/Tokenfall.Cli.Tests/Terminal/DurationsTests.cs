using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Tests.Terminal;

public class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("00:01:30", 90_000)]
    [InlineData("30", null)]
    [InlineData("-1s", null)]
    [InlineData("-00:00:01", null)]
    [InlineData("soon", null)]
    [InlineData("501h", null)]
    [InlineData("99999999999999999h", null)]
    [InlineData("30.00:00:00", null)]
    public void Parse_AsPeopleType_IsTheTime(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, (int?)Durations.Parse(text)?.TotalMilliseconds);
}
