using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Tests.Terminal;

public class UrlsTests
{
    [Theory]
    [InlineData("http://localhost:8000/ask/stream")]
    [InlineData("HTTPS://example.org/ask?tenant=a")]
    [InlineData("http://[::1]:8000/")]
    public void Parse_AddressOfAServer_IsTaken(string text) => Assert.Equal(new Uri(text), Urls.Parse(text));

    [Theory]
    [InlineData("example.org/ask/stream", "does not begin with http:// or https://")]
    [InlineData("localhost:8000/ask?next=http://example.org", "does not begin with http:// or https://")]
    [InlineData("ftp://example.org", "does not begin with http:// or https://")]
    [InlineData("/ask/stream", "does not begin with http:// or https://")]
    [InlineData("http://", "check its host and its port")]
    [InlineData("http://example.org:99999/", "check its host and its port")]
    [InlineData("http://ada:secret@example.org/", "--header")]
    [InlineData("http://example.org/ask#top", "Remove #top")]
    public void Parse_AnythingElse_SaysWhatIsWrongWithIt(string text, string says)
    {
        var failure = Assert.Throws<CommandException>(() => Urls.Parse(text));

        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Password_IsNotRepeated() =>
        Assert.DoesNotContain("secret", Assert.Throws<CommandException>(() => Urls.Parse("http://ada:secret@example.org/")).Message, StringComparison.Ordinal);
}
