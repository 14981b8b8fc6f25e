using System.Text.RegularExpressions;

namespace Tokenfall.Server.Tests.Commands;

/// <summary>Accounts and keys from the console, with the real program.</summary>
public class CommandTests
{
    private const string Email = "ada@example.com";

    [Fact]
    public async Task Account_AddedListedAndRemoved()
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email);
        Assert.Equal(Email, await DoneAsync(folder, "", "account", "list"));
        await DoneAsync(folder, "", "account", "remove", Email);
        Assert.Equal("", await DoneAsync(folder, "", "account", "list"));
    }

    [Fact]
    public async Task Key_AddedListedAndRemoved()
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email);
        var secret = Regex.Match(await DoneAsync(folder, "", "key", "add", "nightly", "--account", Email), "^tfk_.{43}\r?$", RegexOptions.Multiline).Value.Trim();
        Assert.NotEqual("", secret);

        var row = (await DoneAsync(folder, "", "key", "list")).Split('\t');
        Assert.Equal(["nightly", Email, $"tfk_...{secret[^4..]}"], row[1..4]);
        await DoneAsync(folder, "", "key", "remove", row[0]);
        Assert.Equal("", await DoneAsync(folder, "", "key", "list"));
    }

    [Fact]
    public async Task Account_DisabledAndEnabled()
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email);

        await DoneAsync(folder, "", "account", "disable", Email);
        Assert.Equal($"{Email}\tdisabled", await DoneAsync(folder, "", "account", "list"));
        Assert.Contains("still disabled", await DoneAsync(folder, "another horse battery\n", "account", "password", Email), StringComparison.Ordinal);

        await DoneAsync(folder, "", "account", "enable", Email);
        Assert.Equal(Email, await DoneAsync(folder, "", "account", "list"));
    }

    /// <summary>A name with an escape sequence or a line end would forge rows of the list.</summary>
    [Fact]
    public async Task Key_WithANameThatCannotBeShown_IsRefused()
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email);

        var (code, output) = await folder.RunAsync([], "", "key", "add", "nightly\n2\tforged", "--account", Email);

        Assert.Equal(1, code);
        Assert.Contains("cannot be shown (U+000A)", output, StringComparison.Ordinal);
        Assert.Equal("", await DoneAsync(folder, "", "key", "list"));
    }

    [Fact]
    public async Task Key_OverTheLimitOfTheAccount_IsRefused()
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email);
        await DoneAsync(folder, "", "key", "add", "nightly", "--account", Email);

        var (code, output) = await folder.RunAsync([], "", "key", "add", "weekly", "--account", Email, "--Tokenfall:MaxKeysPerAccount=1");

        Assert.Equal(1, code);
        Assert.Contains("The account has 1 keys", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Its 2 keys are still valid", 2, "")]
    [InlineData("Its 2 keys are still valid", 2, "--keep-keys")]
    [InlineData("Its 2 keys were revoked.", 0, "--revoke-keys")]
    public async Task Password_Changed_SaysWhatBecomesOfTheKeys(string words, int left, string option)
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email);
        await DoneAsync(folder, "", "key", "add", "nightly", "--account", Email);
        await DoneAsync(folder, "", "key", "add", "weekly", "--account", Email);

        string[] args = ["account", "password", Email, option];
        var output = await DoneAsync(folder, "another horse battery\n", [.. args.Where(arg => arg != "")]);

        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Equal(left, (await DoneAsync(folder, "", "key", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

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

        var output = await DoneAsync(folder, "", args);

        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Command_WithSettings_UsesThem()
    {
        using var folder = new ServerFolder();
        await DoneAsync(folder, "correct horse battery\n", "account", "add", Email, "--Tokenfall:Data", "elsewhere");

        Assert.True(Directory.Exists(Path.Combine(folder.Path, "elsewhere")));
        Assert.Equal(Email, await DoneAsync(folder, "", "account", "list", "--Tokenfall:Data=elsewhere"));
    }

    private static async Task<string> DoneAsync(ServerFolder folder, string input, params string[] args)
    {
        var (code, output) = await folder.RunAsync([], input, args);
        Assert.True(code == 0, output);
        return output.Trim();
    }
}
