namespace Tokenfall.Tests;

public class RunIdTests
{
    [Fact]
    public void New_Text_IsTwentyTwoCharactersAndReadsBack()
    {
        var id = RunId.New();

        Assert.Matches("^[A-Za-z0-9_-]{22}$", id.ToString());
        Assert.True(RunId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
    }

    [Fact]
    public void New_ManyIds_AreAllDifferent() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => RunId.New()).Distinct().Count());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4e")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4eAA")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4e+")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4e/")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4e=")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4==")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4%%")]
    [InlineData("Zk3vM0q2T5uX w8yB1cD4e")]
    [InlineData("Zk3vM0q2T5u\nXw8yB1cD4e")]
    [InlineData("\r\nZk3vM0q2T5uXw8yB1cD4")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4\t\t")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4eé")]
    [InlineData("../../../../etc/passwd")]
    public void TryParse_NotAnId_IsRefused(string? text)
    {
        Assert.False(RunId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void ToString_OfNoId_IsEmpty() => Assert.Equal("", default(RunId).ToString());
}
