using Tokenfall.Bench.Compare;

namespace Tokenfall.Bench.Tests.Compare;

public class CompareOptionsTests
{
    [Fact]
    public void Parse_Nothing_IsThreeRoundsOfEverything()
    {
        var options = CompareOptions.Parse([]);

        Assert.Equal((3, false, false), (options.Rounds, options.Quick, options.Fresh));
        Assert.Empty(options.Scenarios);
        Assert.Empty(options.Contenders);
    }

    [Fact]
    public void Parse_NamesGivenTwice_AreBothTaken()
    {
        var options = CompareOptions.Parse(["--quick", "--fresh", "--rounds", "2", "--scenario", "cpu", "--contender", "nginx", "--contender", "tokenfall"]);

        Assert.Equal((2, true, true), (options.Rounds, options.Quick, options.Fresh));
        Assert.Equal(["cpu"], options.Scenarios);
        Assert.Equal(["nginx", "tokenfall"], options.Contenders);
    }

    [Theory]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--scenario")]
    [InlineData("--scenario", "--quick")]
    [InlineData("--slow")]
    public void Parse_WrongArgument_NamesIt(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<ArgumentException>(() => CompareOptions.Parse(args)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cpu-100", "cpu-100")]
    [InlineData("cpu-1", "cpu-100 cpu-1000 cpu-100-all")]
    [InlineData("start", "start")]
    public void Pick_Name_IsTheOneThatHasItElseAllThatBeginWithIt(string wanted, string picked) =>
        Assert.Equal(picked, string.Join(' ', CompareCommand.Pick(["cpu-100", "cpu-1000", "cpu-100-all", "start"], [wanted], name => name, "scenario")));

    [Fact]
    public void Pick_NameOfNobody_TellsTheNames() =>
        Assert.Contains("there are a, b", Assert.Throws<ArgumentException>(() => CompareCommand.Pick(["a", "b"], ["c"], name => name, "scenario")).Message, StringComparison.Ordinal);
}
