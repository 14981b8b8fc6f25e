using System.Text;
using System.Text.Json;
using Tokenfall.Testing;

namespace Tokenfall.Load.Tests.Checks;

public class JsonEscapedTextTests
{
    [Fact]
    public void Decode_OfFillerInAllScripts_IsWhatTheJsonReaderSays()
    {
        foreach (var token in ModelScript.Lorem(2000).Tokens)
        {
            var escaped = JsonSerializer.SerializeToUtf8Bytes(token).AsSpan()[1..^1].ToArray();

            Assert.Equal(token, JsonEscapedText.Decode(escaped).ToString());
            Assert.Equal(token.Length, JsonEscapedText.Length(escaped));
        }
    }

    [Theory]
    [InlineData("a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9z", "a\"\\/\b\f\n\r\téz")]
    [InlineData("", "")]
    public void Decode_OfEscapes_IsTheirText(string escaped, string text) => Assert.Equal(text, JsonEscapedText.Decode(Encoding.UTF8.GetBytes(escaped)).ToString());

    [Fact]
    public void Decode_OfHalfAPair_IsThatHalf() => // the other half may come in the next piece
        Assert.True(JsonEscapedText.Decode("\\ud83d"u8) is ['\ud83d']);

    [Theory]
    [InlineData("\\q")]
    [InlineData("\\u12")]
    [InlineData("\\u12x4")]
    [InlineData("end\\")]
    public void Decode_OfWhatIsNoEscape_Throws(string escaped) =>
        Assert.Throws<FormatException>(() => JsonEscapedText.Decode(Encoding.UTF8.GetBytes(escaped)).Length);
}
