namespace Tokenfall.Tests;

public class ConversationTitleTests
{
    [Theory]
    [InlineData("What is this?", "What is this?")]
    [InlineData("  two\r\n\tlines ", "two lines")]
    [InlineData("\u0000\u0007", "")]
    public void Of_AShortQuestion_IsTheQuestionOnOneLine(string question, string title) => Assert.Equal(title, ConversationTitle.Of(question));

    [Fact]
    public void Of_ALongQuestion_EndsWithAWord()
    {
        var title = ConversationTitle.Of(string.Join(' ', Enumerable.Repeat("word", 40)));

        Assert.Equal(string.Join(' ', Enumerable.Repeat("word", 15)) + " word…", title);
    }

    [Fact]
    public void Of_OneLongWord_NeverEndsWithinACharacter() => Gen.Int[0, 80].Sample(length =>
    {
        var title = ConversationTitle.Of(new string('x', length) + string.Concat(Enumerable.Repeat("👩‍🚀", 40)));

        Assert.True(title.Length <= 81);
        Assert.EndsWith(length < 75 ? "👩‍🚀…" : "…", title, StringComparison.Ordinal);
    });
}
