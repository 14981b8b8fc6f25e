using Tokenfall.Server.Commands;

namespace Tokenfall.Server.Tests.Commands;

public class ServerArgumentsTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("--urls http://localhost:8001", "--urls http://localhost:8001", "")]
    [InlineData("--Tokenfall:MaxPromptLength=100 urls=http://localhost:8001", "--Tokenfall:MaxPromptLength=100 urls=http://localhost:8001", "")]
    [InlineData("/urls http://localhost:8001", "/urls http://localhost:8001", "")]
    [InlineData("account list --Tokenfall:Data /tmp/x", "--Tokenfall:Data /tmp/x", "account list")]
    [InlineData("--Tokenfall:Data /tmp/x account add a=b@example.com", "--Tokenfall:Data /tmp/x", "account add a=b@example.com")]
    [InlineData("key add nightly --account ada@example.com --environment=Production", "--environment=Production", "key add nightly --account ada@example.com")]
    [InlineData("key add nightly --account=ada@example.com", "", "key add nightly --account=ada@example.com")]
    [InlineData("--urls --help", "", "--urls --help")]
    [InlineData("-h", "", "-h")]
    [InlineData("--version", "", "--version")]
    public void Split_Arguments_SeparatesSettingsFromCommands(string args, string settings, string command)
    {
        var split = ServerArguments.Split(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((settings, command), (string.Join(' ', split.Settings), string.Join(' ', split.Command)));
    }
}
