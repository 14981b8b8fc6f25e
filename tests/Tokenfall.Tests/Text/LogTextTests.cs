namespace Tokenfall.Tests;

public class LogTextTests
{
    [Theory]
    [InlineData("a\u001b[31m\r\nb", "a [31m  b")]
    [InlineData("a\u0085b\u2028c\u2029d", "a b c d")]
    [InlineData("Ærøskøbing 👩‍🚀 東京", "Ærøskøbing 👩‍🚀 東京")]
    [InlineData("paid\u202e rewsna\u2066 end\u200f", "paid  rewsna  end ")]
    [InlineData("a\u009b31m\u0000b", "a 31m b")]
    [InlineData(null, "")]
    public void Quote_WithControlCharacters_IsOneLine(string? words, string expected) => Assert.Equal(expected, LogText.Quote(words));

    [Fact]
    public void Quote_ThatIsTooLong_IsCutAndSaysSo() => Assert.Equal(new string('x', 500) + "…", LogText.Quote(new string('x', 501)));

    [Fact]
    public void Word_WithControlCharacters_ShowsWhereTheyWere() => Assert.Equal("end\uFFFDturn\uFFFD", LogText.Word("end\nturn\uD800"));

    [Theory]
    [InlineData("secret-1", "a [key] b [key]")]
    [InlineData("SECRET-1", "a [key] b [key]")]
    [InlineData("short-1", "a secret-1 b secret-1")]
    public void Redact_ReplacesSecretsThatAreLongEnough(string secret, string expected) => Assert.Equal(expected, LogText.Redact("a secret-1 b secret-1", secret));
}
