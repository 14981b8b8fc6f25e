using System.CommandLine;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Tests.Terminal;

public class AccessOptionsTests
{
    [Fact]
    public void Read_KeyAndHeaders_AreSentInThisOrder() =>
        Assert.Equal(
            [new("Authorization", "Bearer tfk_1"), new("Cookie", "a=b:c"), new("X-Empty", "")],
            Read("--key", "tfk_1", "--header", "Cookie:  a=b:c ", "--header", "X-Empty:").Headers);

    [Fact]
    public void Read_AuthorizationOfTheUsersOwn_WinsOverTheKey() =>
        Assert.Equal([new("authorization", "Basic YTpi")], Read("--key", "tfk_1", "--header", "authorization: Basic YTpi").Headers);

    [Fact]
    public void Read_EmptyKey_IsNone() => Assert.Null(Read("--key", "").Key);

    [Theory]
    [InlineData("--key", "two words")]
    [InlineData("--key", "two\nlines")]
    [InlineData("--header", "no colon")]
    [InlineData("--header", ": no name")]
    [InlineData("--header", "two words: a")]
    [InlineData("--header", "X-Tenant: a\r\nX-Other: b")]
    public void Read_WhatCannotBeSent_IsUsage(string option, string value) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CommandException>(() => Read(option, value)).ExitCode);

    private static Access Read(params string[] args)
    {
        var command = new Command("ask");
        AccessOptions.AddTo(command);
        return AccessOptions.Read(command.Parse(args, CommandLine.Parsing));
    }
}
