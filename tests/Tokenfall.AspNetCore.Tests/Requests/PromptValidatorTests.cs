namespace Tokenfall.AspNetCore.Tests;

public sealed class PromptValidatorTests
{
    private static readonly DataContent Image = new("data:image/png;base64,AAAA");

    [Fact]
    public void Question_ThatIsTrimmed_KeepsEverythingElse()
    {
        var content = new TextContent(" hi ") { AdditionalProperties = new() { ["cache"] = true } };
        var asked = new ChatMessage(ChatRole.User, [content]) { AuthorName = "ada", MessageId = "m1", AdditionalProperties = new() { ["page"] = 3 } };

        var question = Assert.Single(PromptValidator.Check([asked], 10));

        Assert.Equal(("hi", "ada", "m1", 3), (question.Text, question.AuthorName, question.MessageId, question.AdditionalProperties!["page"]));
        Assert.Equal(true, question.Contents[0].AdditionalProperties!["cache"]);
        Assert.Equal(" hi ", asked.Text);
    }

    [Fact]
    public void Question_OfAnImageAlone_IsTaken() =>
        Assert.Same(Image, Assert.Single(PromptValidator.Check([new ChatMessage(ChatRole.User, [Image])], 10)[0].Contents));

    [Fact]
    public void Question_OfNothing_IsRefused() =>
        Assert.Equal("prompt_empty", Assert.Throws<RequestProblemException>(() => PromptValidator.Check([new ChatMessage(ChatRole.User, [])], 10)).Problem.Code);

    [Fact]
    public void Question_OfAnImageAndALongText_IsRefused() => Assert.Equal(
        "prompt_too_long",
        Assert.Throws<RequestProblemException>(() => PromptValidator.Check([new ChatMessage(ChatRole.User, [Image, new TextContent("hello, world")])], 10)).Problem.Code);
}
