namespace Tokenfall.Server.Tests.Commands;

/// <summary>Accounts from the console, with the real program.</summary>
public class AccountCommandTests
{
    private const string Email = "ada@example.com";

    [Fact]
    public async Task Account_AddedListedAndRemoved()
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email);
        Assert.Equal(Email, await folder.DoneAsync("", "account", "list"));
        await folder.DoneAsync("", "account", "remove", Email);
        Assert.Equal("", await folder.DoneAsync("", "account", "list"));
    }

    [Fact]
    public async Task Account_DisabledAndEnabled()
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", Email);

        await folder.DoneAsync("", "account", "disable", Email);
        Assert.Equal($"{Email}\tdisabled", await folder.DoneAsync("", "account", "list"));
        Assert.Contains("still disabled", await folder.DoneAsync("another horse battery\n", "account", "password", Email), StringComparison.Ordinal);

        await folder.DoneAsync("", "account", "enable", Email);
        Assert.Equal(Email, await folder.DoneAsync("", "account", "list"));
    }
}
