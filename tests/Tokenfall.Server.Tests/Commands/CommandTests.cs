namespace Tokenfall.Server.Tests.Commands;

/// <summary>The command line, with the real program: what is refused, and how.</summary>
public class CommandTests
{
    private const string Email = "ada@example.com";

    [Theory]
    [InlineData(1, "at least 10 characters", "short\n", "account", "add", Email)]
    [InlineData(1, "one of the commonest", "Basketball2024!\n", "account", "add", Email)]
    [InlineData(1, "cannot be shown (U+001B)", "correct horse battery\n", "account", "add", "ada\u001b[2J@example.com")]
    [InlineData(1, "is invalid", "correct horse battery\n", "account", "add", "ada")]
    [InlineData(1, "There is no password", "", "account", "add", Email)]
    [InlineData(1, "There is no account", "correct horse battery\n", "account", "password", Email)]
    [InlineData(1, "There is no account", "", "account", "remove", Email)]
    [InlineData(1, "There is no account", "", "key", "add", "nightly", "--account", Email)]
    [InlineData(1, "There is no key 7", "", "key", "remove", "7")]
    [InlineData(1, "There is no account", "", "account", "disable", Email)]
    [InlineData(1, "There is no account", "", "account", "enable", Email)]
    [InlineData(2, "not both", "", "account", "password", Email, "--revoke-keys", "--keep-keys")]
    [InlineData(2, "'create'", "", "account", "create", Email)]
    [InlineData(2, "'--account' is required", "", "key", "add", "nightly")]
    [InlineData(2, "Required command was not provided", "", "account")]
    [InlineData(2, "'more'", "", "account", "list", "more")]
    [InlineData(2, "'serve'", "", "serve")]
    [InlineData(2, "'--urls'", "", "--urls")]
    [InlineData(2, "Run with --help", "", "serve")]
    public async Task Command_ThatCannotBeDone_SaysWhy(int code, string words, string input, params string[] args)
    {
        using var folder = new ServerFolder();
        var (actual, output) = await folder.RunAsync([], input, args);
        Assert.Equal(code, actual);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Manage the accounts", "--help")]
    [InlineData("--Tokenfall:MaxPromptLength=100", "-h")]
    [InlineData("--account <email>", "key", "add", "--help")]
    [InlineData("0.", "--version")]
    public async Task HelpAndVersion_ArePrintedWithoutStartingAnything(string words, params string[] args)
    {
        using var folder = new ServerFolder();

        var output = await folder.DoneAsync("", args);

        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Command_WithSettings_UsesThem()
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email, "--Tokenfall:Data", "elsewhere");

        Assert.True(Directory.Exists(Path.Combine(folder.Path, "elsewhere")));
        Assert.Equal(Email, await folder.DoneAsync("", "account", "list", "--Tokenfall:Data=elsewhere"));
    }
}
