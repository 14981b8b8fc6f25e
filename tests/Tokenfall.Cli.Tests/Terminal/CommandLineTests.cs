namespace Tokenfall.Cli.Tests.Terminal;

public class CommandLineTests
{
    [Fact]
    public async Task Help_Root_ShowsAnExampleOfEveryCommand()
    {
        var cli = await CommandRun.RunAsync("--help");

        Assert.Equal(0, cli.ExitCode);
        Assert.Contains("Examples:", cli.Output, StringComparison.Ordinal);
        Assert.Contains("tokenfall mock", cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-like-this")]
    [InlineData("mock", "--port", "many")]
    public async Task Arguments_NotUnderstood_ExitWithTwo(params string[] args)
    {
        var cli = await CommandRun.RunAsync(args);

        Assert.Equal(2, cli.ExitCode);
        Assert.NotEmpty(cli.Error);
    }
}
