using System.Globalization;

namespace Tokenfall.AspNetCore.Tests;

public sealed class PromptValidatorTests
{
    private static readonly TokenfallHttpOptions Limits = new() { MaxPromptLength = 10, MaxConversationLength = 20, MaxMessages = 5 };
    private static readonly DataContent Image = new("data:image/png;base64,AAAA");

    [Fact]
    public void Question_ThatIsTrimmed_KeepsEverythingElse()
    {
        var content = new TextContent(" hi ") { AdditionalProperties = new() { ["cache"] = true } };
        var asked = new ChatMessage(ChatRole.User, [content]) { AuthorName = "ada", MessageId = "m1", AdditionalProperties = new() { ["page"] = 3 } };

        var question = Assert.Single(PromptValidator.Check([asked], Limits));

        Assert.Equal(("hi", "ada", "m1", 3), (question.Text, question.AuthorName, question.MessageId, question.AdditionalProperties!["page"]));
        Assert.Equal(true, question.Contents[0].AdditionalProperties!["cache"]);
        Assert.Equal(" hi ", asked.Text);
    }

    [Fact]
    public void Question_OfAnImageAlone_IsTaken() =>
        Assert.Same(Image, Assert.Single(PromptValidator.Check([new ChatMessage(ChatRole.User, [Image])], Limits)[0].Contents));

    [Fact]
    public void Question_OfNothing_IsRefused() =>
        Assert.Equal("prompt_empty", Assert.Throws<RequestProblemException>(() => PromptValidator.Check([new ChatMessage(ChatRole.User, [])], Limits)).Problem.Code);

    [Fact]
    public void Question_OfAnImageAndALongText_IsRefused() => Assert.Equal(
        "prompt_too_long",
        Assert.Throws<RequestProblemException>(() => PromptValidator.Check([new ChatMessage(ChatRole.User, [Image, new TextContent("hello, world")])], Limits)).Problem.Code);

    [Theory]
    [InlineData("18", null)]
    [InlineData("19", "conversation_too_long")]
    [InlineData("6,6,6", null)]
    [InlineData("6,6,7", "conversation_too_long")]
    [InlineData("1,1,1,1", null)]
    [InlineData("1,1,1,1,1", "too_many_messages")]
    public void Conversation_BeyondALimit_IsRefused(string earlier, string? code)
    {
        var messages = earlier.Split(',').Select(length => new ChatMessage(ChatRole.Assistant, new string('a', int.Parse(length, CultureInfo.InvariantCulture))))
            .Append(new ChatMessage(ChatRole.User, " hi ")).ToList();

        Assert.Equal(code, (Record.Exception(() => PromptValidator.Check(messages, Limits)) as RequestProblemException)?.Problem.Code);
    }

    [Fact]
    public void Question_LongerThanAConversationMayBe_IsTakenUpToItsOwnLimit() =>
        Assert.Single(PromptValidator.Check([new ChatMessage(ChatRole.User, "0123456789")], new TokenfallHttpOptions { MaxPromptLength = 10, MaxConversationLength = 5 }));

    // Each as long as may be; together they are longer than an int counts.
    [Fact]
    public void Conversation_OfManyContents_IsCountedWhole()
    {
        var text = new TextContent(new string('a', 1 << 20));
        var messages = Enumerable.Repeat(new ChatMessage(ChatRole.Assistant, [.. Enumerable.Repeat<AIContent>(text, 1024)]), 4).Append(new ChatMessage(ChatRole.User, "hi")).ToList();

        Assert.Contains("4,294,967,298 characters; at most 20", Assert.Throws<RequestProblemException>(() => PromptValidator.Check(messages, Limits)).Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasoning_OfEarlierMessages_Counts() => Assert.Equal(
        "conversation_too_long",
        Assert.Throws<RequestProblemException>(() => PromptValidator.Check(
            [new ChatMessage(ChatRole.Assistant, [new TextReasoningContent(new string('a', 21))]), new ChatMessage(ChatRole.User, "hi")], Limits)).Problem.Code);

    [Fact]
    public void Question_ThatIsTooLongByItself_IsWhatIsSaid() => Assert.Equal(
        "prompt_too_long",
        Assert.Throws<RequestProblemException>(() => PromptValidator.Check([new ChatMessage(ChatRole.User, new string('a', 21))], Limits)).Problem.Code);
}
