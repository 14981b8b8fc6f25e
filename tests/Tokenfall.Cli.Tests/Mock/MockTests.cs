using System.CommandLine;
using Tokenfall.Cli.Mock;
using Tokenfall.Cli.Terminal;
using Tokenfall.Cli.Tests.Terminal;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Tests.Mock;

public class MockTests
{
    [Fact]
    public void Options_OfPaceAndLength_AreInTheScript()
    {
        var script = Script("--rate", "80", "--delay", "400ms", "--tokens", "7");

        Assert.Equal((80.0, TimeSpan.FromMilliseconds(400), 7), (script.TokensPerSecond, script.FirstTokenDelay, script.Tokens.Count));
    }

    [Fact]
    public void Text_OfAFile_IsWhatItSays()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "Water that falls.");

            Assert.Equal("Water that falls.", Script("--text", "@" + file).Text);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Stamps_NumberTheTokens() => Assert.StartsWith("0@", Script("--stamps", "--tokens", "2").Text, StringComparison.Ordinal);

    [Fact]
    public void Rate_OfZero_IsFullSpeed() => Assert.Null(Script("--rate", "0").TokensPerSecond);

    [Theory]
    [InlineData("overloaded")]
    [InlineData("hang-up")]
    [InlineData("reset:20")]
    [InlineData("stall-with-pings:0")]
    public void Fault_OfAKnownName_IsInTheScript(string name) => Assert.NotNull(Script("--fault", name).Fault);

    [Theory]
    [InlineData("--fault", "reset")]
    [InlineData("--fault", "reset:-1")]
    [InlineData("--fault", "tired")]
    [InlineData("--rate", "-1")]
    [InlineData("--tokens", "-1")]
    [InlineData("--port", "70000")]
    [InlineData("--stamps", "--text", "a")]
    [InlineData("--text", "@/no/such/file")]
    public async Task Options_ThatMakeNoSense_ExitWithTwo(params string[] options) =>
        Assert.Equal(2, (await CommandRun.RunAsync(["mock", .. options])).ExitCode);

    [Theory]
    [InlineData(false)]
    [InlineData(true, "--http2")]
    public void Http2_IsSpokenOnDemand(bool spoken, params string[] options)
    {
        var (command, mock) = (new Command("mock"), new MockOptions());
        mock.AddTo(command);

        Assert.Equal(spoken, mock.Server(command.Parse(options, CommandLine.Parsing)).Http2);
    }

    [Fact]
    public async Task Port_ThatIsTaken_ExitsWithOneAndSaysWhatToDo()
    {
        await using var other = await ModelServer.StartAsync();

        var run = await CommandRun.RunAsync("mock", "--port", $"{other.Url.Port}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--port", run.Error, StringComparison.Ordinal);
    }

    private static ModelScript Script(params string[] options)
    {
        var (command, mock) = (new Command("mock"), new MockOptions());
        mock.AddTo(command);
        return mock.Script(command.Parse(options, CommandLine.Parsing));
    }
}
