namespace Tokenfall.Tests;

/// <summary>An answer as it is stored: every part once, in order, its text unchanged.</summary>
public class AnswerProjectionTests
{
    [Fact]
    public async Task PiecesOfAPart_AreOnePart()
    {
        var answer = await OfAsync(writer =>
        {
            writer.Reasoning("hm");
            writer.Reasoning("m");
            writer.Text("a \"quoted\"\n");
            writer.Text("é");
        });

        Assert.Equal("""[{"type":"reasoning","text":"hmm"},{"type":"text","text":"a \"quoted\"\né"}]""", answer.Parts);
        Assert.Equal("a \"quoted\"\né", answer.Text);
    }

    [Fact]
    public async Task TextAroundACall_IsTwoParts()
    {
        var answer = await OfAsync(writer =>
        {
            writer.Text("before");
            writer.ToolCall("t1", "look", "{\"at\":1}"u8);
            writer.Text("after");
        });

        Assert.Equal(
            """[{"type":"text","text":"before"},{"type":"tool_call","value":{"id":"t1","name":"look","input":{"at":1}}},{"type":"text","text":"after"}]""", answer.Parts);
    }

    [Fact]
    public async Task AnswerWithoutAWord_HasNoParts() => Assert.Equal(("[]", ""), (await OfAsync(_ => { })) is var answer ? (answer.Parts, answer.Text) : default);

    [Fact]
    public void AnyAnswer_IsJsonWithItsText() =>
        Gen.Select(Gen.String, Gen.Bool).Array[0, 8].Sample(pieces =>
        {
            var answer = OfAsync(writer =>
            {
                foreach (var (text, isReasoning) in pieces)
                    if (isReasoning) writer.Reasoning(text);
                    else writer.Text(text);
            }).GetAwaiter().GetResult();

            Assert.Equal(answer.Text, MessageParts.TextOf(answer.Parts));
        }, iter: 200, threads: 1);

    private static async Task<ConversationAnswer> OfAsync(Action<RunWriter> script)
    {
        var run = TestRuns.Manager(options: new TokenfallOptions { Upstream = { MaxAttempts = 1 }, Limits = { MaxRunsPerOwner = 1000 } }).Start(writer =>
        {
            script(writer);
            writer.Complete("end_turn");
        });
        await run.EndedInTime();
        return AnswerProjection.Of(run);
    }
}
