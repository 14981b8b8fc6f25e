namespace Tokenfall.Tests;

public class SearchWordsTests
{
    [Theory]
    [InlineData("two words", new[] { "two", "words" })]
    [InlineData("  \"quoted\" -not* (a) ", new[] { "quoted", "not", "a" })]
    [InlineData("東京 ñandú 42", new[] { "東京", "ñandú", "42" })]
    [InlineData("!?", new string[0])]
    public void Of_KeepsLettersAndDigits(string search, string[] words) => Assert.Equal(words, SearchWords.Of(search));

    [Fact]
    public void Of_AnyText_IsBounded() => Gen.String.Sample(search => Assert.InRange(SearchWords.Of(search).Count, 0, 16));
}
