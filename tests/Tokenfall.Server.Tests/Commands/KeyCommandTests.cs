using System.Text.RegularExpressions;

namespace Tokenfall.Server.Tests.Commands;

/// <summary>Keys from the console, with the real program.</summary>
public class KeyCommandTests
{
    private const string Email = "ada@example.com";

    [Fact]
    public async Task Key_AddedListedAndRemoved()
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email);
        var secret = Regex.Match(await folder.DoneAsync("", "key", "add", "nightly", "--account", Email), "^tfk_.{43}\r?$", RegexOptions.Multiline).Value.Trim();
        Assert.NotEqual("", secret);

        var row = (await folder.DoneAsync("", "key", "list")).Split('\t');
        Assert.Equal(["nightly", Email, $"tfk_...{secret[^4..]}"], row[1..4]);
        await folder.DoneAsync("", "key", "remove", row[0]);
        Assert.Equal("", await folder.DoneAsync("", "key", "list"));
    }

    /// <summary>A name with an escape sequence or a line end would forge rows of the list.</summary>
    [Fact]
    public async Task Key_WithANameThatCannotBeShown_IsRefused()
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email);

        var (code, output) = await folder.RunAsync([], "", "key", "add", "nightly\n2\tforged", "--account", Email);

        Assert.Equal(1, code);
        Assert.Contains("cannot be shown (U+000A)", output, StringComparison.Ordinal);
        Assert.Equal("", await folder.DoneAsync("", "key", "list"));
    }

    [Fact]
    public async Task Key_OverTheLimitOfTheAccount_IsRefused()
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email);
        await folder.DoneAsync("", "key", "add", "nightly", "--account", Email);

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
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email);
        await folder.DoneAsync("", "key", "add", "nightly", "--account", Email);
        await folder.DoneAsync("", "key", "add", "weekly", "--account", Email);

        string[] args = ["account", "password", Email, option];
        var output = await folder.DoneAsync("another horse battery\n", [.. args.Where(arg => arg != "")]);

        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Equal(left, (await folder.DoneAsync("", "key", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
