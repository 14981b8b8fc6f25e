namespace Tokenfall.Tests;

/// <summary>What the model is sent of a conversation.</summary>
public class ConversationHistoryTests
{
    private static readonly ConversationMessage Question = Message("q1", null, "one");
    private static readonly ConversationMessage Answer = Message("a1", "q1", "first", isAnswer: true, outputTokens: 10);
    private static readonly ConversationMessage Second = Message("q2", "a1", "two");
    private static readonly ConversationMessage SecondAnswer = Message("a2", "q2", "second", isAnswer: true, outputTokens: 10);
    private static readonly ConversationMessage Other = Message("q3", null, "other branch");

    private static readonly ConversationMessage[] All = [Question, Answer, Other, Second, SecondAnswer];

    [Fact]
    public void BranchTo_IsTheWayFromTheFirstQuestion() => Assert.Equal([Question, Answer, Second, SecondAnswer], ConversationHistory.BranchTo(All, "a2"));

    [Fact]
    public void BranchTo_Nothing_IsEmpty() => Assert.Empty(ConversationHistory.BranchTo(All, null)!);

    [Fact]
    public void BranchTo_AnUnknownMessage_IsNull() => Assert.Null(ConversationHistory.BranchTo(All, "x"));

    [Fact]
    public void BranchTo_MessagesInACircle_IsNull() => Assert.Null(ConversationHistory.BranchTo([Message("a", "b", ""), Message("b", "a", "")], "a"));

    [Fact]
    public void Of_WithinTheBudget_IsAll() => Assert.Equal(["one", "first", "two", "second"], Texts(1000));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(15, 0)]
    [InlineData(30, 2)]
    [InlineData(36, 2)]
    [InlineData(60, 4)]
    public void Of_BeyondTheBudget_LeavesOutTheOldest_AndBeginsWithAQuestion(int maxTokens, int count)
    {
        var texts = Texts(maxTokens);

        Assert.Equal(count, texts.Count);
        Assert.Equal(new[] { "one", "first", "two", "second" }[(4 - count)..], texts);
    }

    [Fact]
    public void Of_ACallWithItsResult_GivesBoth_AndACallWithoutOneNeither()
    {
        var answer = Answer with
        {
            Parts = """
                [{"type":"text","text":"let me see"},
                 {"type":"tool_call","value":{"id":"t1","name":"look","input":{"at":1}}},{"type":"tool_result","value":{"id":"t1","output":"seen"}},
                 {"type":"tool_call","value":{"id":"t2","name":"look","input":{}}},
                 {"type":"opaque","value":{"provider":"x","type":"y","value":1}},{"type":"text","text":"done"}]
                """,
        };

        var messages = ConversationHistory.Of([Question, answer], 1000);

        Assert.Equal(["user", "assistant", "tool", "assistant"], messages.Select(message => message.Role.Value));
        Assert.Equal("t1", Assert.Single(messages[1].Contents.OfType<FunctionCallContent>()).CallId);
        Assert.Equal("t1", Assert.Single(messages[2].Contents.OfType<FunctionResultContent>()).CallId);
        Assert.Equal("done", messages[3].Text);
    }

    [Fact]
    public void Of_AnAnswerWithoutAWord_LeavesOutItsQuestionToo() =>
        Assert.Equal(["two"], ConversationHistory.Of([Question, Answer with { Parts = "[]" }, Second], 1000).Select(message => message.Text));

    private static List<string> Texts(int maxTokens) => [.. ConversationHistory.Of([Question, Answer, Second, SecondAnswer], maxTokens).Select(message => message.Text)];

    private static ConversationMessage Message(string id, string? parent, string text, bool isAnswer = false, int? outputTokens = null) =>
        new(id, parent, isAnswer, DateTimeOffset.UnixEpoch)
        {
            Parts = MessageParts.Of(text),
            End = isAnswer ? new RunEnd { Status = RunStatus.Done, Quality = UsageQuality.Measured, Usage = new TokenUsage { OutputTokens = outputTokens } } : null,
        };
}
