using System.Buffers;
using System.Text.Encodings.Web;

namespace Tokenfall.Tests;

public class JsonTextTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Escape_RandomText_IsWhatTheSerializerWrites() => ForRandomTexts(text =>
        Assert.Equal(JsonSerializer.Serialize(text, Relaxed), $"\"{Escape(text)}\""));

    [Fact]
    public void Escape_RandomText_ReadsBackAsItWas() => ForRandomTexts(text =>
        Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{Escape(text)}\"")));

    [Fact]
    public void CountUtf16_RandomText_IsItsLength() => ForRandomTexts(text =>
    {
        Assert.Equal(text.Length, JsonText.CountUtf16(Encoding.UTF8.GetBytes(Escape(text))));
        // The strict default encoder escapes all but ASCII.
        Assert.Equal(text.Length, JsonText.CountUtf16(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)[1..^1])));
    });

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é東", 2)]
    [InlineData("😀", 2)]
    [InlineData(@"\n", 1)]
    [InlineData(@"\""", 1)]
    [InlineData(@"\/", 1)]
    [InlineData(@"\\", 1)]
    [InlineData(@"\\n", 2)]
    [InlineData(@"\\u0041", 6)]
    [InlineData(@"\u00e9", 1)]
    [InlineData(@"\ud83d\ude00", 2)]
    [InlineData(@"a\tb\u00e9c", 5)]
    public void CountUtf16_EscapeSequence_IsWhatItStandsFor(string escaped, int length) =>
        Assert.Equal(length, JsonText.CountUtf16(Encoding.UTF8.GetBytes(escaped)));

    [Theory]
    [InlineData("\n", @"\n")]
    [InlineData("\r", @"\r")]
    [InlineData("\0", @"\u0000")]
    [InlineData("\"", @"\""")]
    [InlineData("\\", @"\\")]
    [InlineData("é東<'&", "é東<'&")]
    public void Escape_Character_IsEscapedOnlyWhereJsonAsksForIt(string text, string escaped) => Assert.Equal(escaped, Escape(text));

    // A test runner's tables cannot hold half a pair in a string.
    [Theory]
    [InlineData("", 0xD83D, "")]
    [InlineData("", 0xDE00, "")]
    [InlineData("a", 0xD83D, "b")]
    public void Escape_LoneSurrogate_BecomesTheReplacementCharacter(string before, int half, string after) =>
        Assert.Equal($"{before}\ufffd{after}", JsonSerializer.Deserialize<string>($"\"{Escape($"{before}{(char)half}{after}")}\""));

    [Theory]
    [InlineData(253)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    public void Escape_SurrogatePairAcrossTheBuffersEnd_StaysWhole(int before)
    {
        var text = new string('a', before) + "😀" + new string('b', 300);

        Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{Escape(text)}\""));
    }

    private static string Escape(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.Escape(text, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void ForRandomTexts(Action<string> check) => RandomText.Of(400).Sample(check, iter: 1000);
}
