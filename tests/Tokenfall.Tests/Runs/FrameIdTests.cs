namespace Tokenfall.Tests;

public class FrameIdTests
{
    private const string Run = "Zk3vM0q2T5uXw8yB1cD4eA";

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("10", 10)]
    [InlineData("2147483647", int.MaxValue)]
    public void TryParse_Position_ReadsBackAsItWasWritten(string number, int expected)
    {
        Assert.True(FrameId.TryParse($"{Run}.{number}", out var id));
        Assert.Equal((Run, expected), (id.Run.ToString(), id.Number));
        Assert.Equal($"{Run}.{number}", id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("0x1")]
    [InlineData("1\0")]
    [InlineData("\u0661")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    public void TryParseNumber_NotAPosition_IsRefused(string number)
    {
        Assert.False(FrameId.TryParseNumber(number, out _));
        Assert.False(FrameId.TryParse($"{Run}.{number}", out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Run)]
    [InlineData(Run + ".")]
    [InlineData(Run + ":1")]
    [InlineData("short.1")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4eAA.1")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4e+.1")]
    [InlineData("." + Run + "1")]
    public void TryParse_NotAFrameId_IsRefused(string? text) => Assert.False(FrameId.TryParse(text, out _));
}
