using System.Text;
using System.Text.Json;
using Tokenfall.Cli.Load;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Tests.Load;

public class WireTextTests
{
    [Fact]
    public void Decode_OfFillerInAllScripts_IsWhatTheJsonReaderSays()
    {
        foreach (var token in ModelScript.Lorem(2000).Tokens)
        {
            var escaped = JsonSerializer.SerializeToUtf8Bytes(token).AsSpan()[1..^1].ToArray();

            Assert.Equal(token, WireText.Decode(escaped).ToString());
            Assert.Equal(token.Length, WireText.Length(escaped));
        }
    }

    [Theory]
    [InlineData("a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9z", "a\"\\/\b\f\n\r\téz")]
    [InlineData("", "")]
    public void Decode_OfEscapes_IsTheirText(string escaped, string text) => Assert.Equal(text, WireText.Decode(Encoding.UTF8.GetBytes(escaped)).ToString());

    [Fact]
    public void Decode_OfHalfAPair_IsThatHalf() => // the other half may come in the next piece
        Assert.True(WireText.Decode("\\ud83d"u8) is ['\ud83d']);

    [Theory]
    [InlineData("\\q")]
    [InlineData("\\u12")]
    [InlineData("\\u12x4")]
    [InlineData("end\\")]
    public void Decode_OfWhatIsNoEscape_Throws(string escaped) =>
        Assert.Throws<FormatException>(() => WireText.Decode(Encoding.UTF8.GetBytes(escaped)).Length);
}
