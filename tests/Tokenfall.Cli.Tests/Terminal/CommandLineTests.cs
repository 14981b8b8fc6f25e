namespace Tokenfall.Cli.Tests.Terminal;

public class CommandLineTests
{
    // Nothing listens there: what is wrong with the arguments must be said first.
    private const string Dead = "http://127.0.0.1:1/ask/stream";

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
    [InlineData("bench", Dead, "--duration", "9999999999h")]
    [InlineData("bench", Dead, "--pace", "nan")]
    [InlineData("bench", Dead, "--pace", "1e-300")]
    [InlineData("bench", Dead, "--tokens", "-1")]
    [InlineData("bench", Dead, "--body", "@")]
    [InlineData("bench", Dead, "--key", "two\nlines")]
    [InlineData("bench", Dead, "--report", "/no/such/folder/bench.html")]
    public async Task Arguments_NotUnderstood_ExitWithTwo(params string[] args)
    {
        var cli = await CommandRun.RunAsync(args);

        Assert.Equal(2, cli.ExitCode);
        Assert.NotEmpty(cli.Error);
    }
}
