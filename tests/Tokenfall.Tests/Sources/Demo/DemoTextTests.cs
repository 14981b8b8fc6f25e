namespace Tokenfall.Tests;

public class DemoTextTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "one" })]
    [InlineData("one two", new[] { "one ", "two" })]
    [InlineData("one  \n two ", new[] { "one  \n ", "two " })]
    [InlineData(" one", new[] { " ", "one" })]
    public void Split_Text_IsWordsWithTheirSpace(string text, string[] words) => Assert.Equal(words, DemoText.Split(text));

    [Fact]
    public void AnswerTo_ALongPrompt_QuotesItsBeginning()
    {
        var answer = string.Concat(DemoText.AnswerTo(string.Concat(Enumerable.Repeat("👩‍🚀", 201))));

        Assert.Contains(string.Concat(Enumerable.Repeat("👩‍🚀", 200)) + "…”", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void AnswerTo_APromptOfManyLines_QuotesItOnOne() =>
        Assert.Contains("“one two three”", string.Concat(DemoText.AnswerTo(" one\r\n two\t\tthree ")), StringComparison.Ordinal);
}
