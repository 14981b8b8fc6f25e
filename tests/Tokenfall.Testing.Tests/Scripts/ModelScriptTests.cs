using System.Text;

namespace Tokenfall.Testing.Tests.Scripts;

public sealed class ModelScriptTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Hello, you there!")]
    [InlineData("  \n\n leading and trailing \r\n ")]
    [InlineData("日本語のテキストは空白なしで続きます")]
    [InlineData("👩‍👩‍👧😀😀😀 e\u0301\u0301\u0301\u0301\u0301\u0301\u0301")]
    [InlineData("averyveryverylongwordwithoutanyspace")]
    public void Text_Cut_IsTheSameTogetherAndNoPieceEndsInsideASurrogatePair(string text)
    {
        var script = ModelScript.Say(text);

        Assert.Equal(text, string.Concat(script.Tokens));
        Assert.All(script.Tokens, piece => Assert.False(char.IsHighSurrogate(piece[^1])));
    }

    [Fact]
    public void Text_Cut_IsPiecesTheSizeOfTokens() =>
        Assert.Equal(["Hello,", " this", " is", " determ", "inisti", "c"], ModelScript.Say("Hello, this is deterministic").Tokens);

    [Fact]
    public void Lorem_OfOneSeed_IsTheSameAndOfAnotherIsNot()
    {
        Assert.Equal(ModelScript.Lorem(300, 5).Text, ModelScript.Lorem(300, 5).Text);
        Assert.NotEqual(ModelScript.Lorem(300, 5).Text, ModelScript.Lorem(300, 6).Text);
    }

    [Fact]
    public void Lorem_Tokens_AreAsManyAsAskedAndMixed()
    {
        var script = ModelScript.Lorem(1000);

        Assert.Equal(1000, script.Tokens.Count);
        Assert.Contains('\n', script.Text);
        Assert.Contains('"', script.Text);
        Assert.Contains(script.Text.EnumerateRunes(), rune => !rune.IsBmp);
        Assert.Equal(script.Text, new UTF8Encoding(false, true).GetString(new UTF8Encoding(false, true).GetBytes(script.Text)));
    }

    [Fact]
    public void StopReason_WithTools_IsToolUseUnlessSet()
    {
        Assert.Equal("end_turn", new ModelScript().StopReason);
        Assert.Equal("tool_use", new ModelScript { Tools = [new("look", "{}")] }.StopReason);
        Assert.Equal("max_tokens", new ModelScript { Tools = [new("look", "{}")], StopReason = "max_tokens" }.StopReason);
    }
}
