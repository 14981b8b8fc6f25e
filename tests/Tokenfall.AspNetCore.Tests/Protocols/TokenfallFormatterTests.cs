namespace Tokenfall.AspNetCore.Tests;

public sealed class TokenfallFormatterTests
{
    [Fact]
    public async Task Stream_EveryKindOfEvent_HasExactlyTheseBytes()
    {
        await using var asked = await Asked.StartAsync();
        var (app, stream, answer) = asked;
        var run = (await stream.FrameAsync())!.Run;

        // Each is released after the one before has arrived, so that nothing is merged.
        Action<RunWriter>[] script =
        [
            writer => writer.Reasoning("hm"),
            writer => writer.Text("Hel"),
            writer => writer.Text("lo\n\"wörld\" 😀 </p>"),
            writer => writer.ToolCall("t1", "search", "{\n  \"q\": 1\n}"u8),
            writer => writer.ToolResult("t1", "[1, 2]"u8),
        ];
        foreach (var write in script)
        {
            answer.Do(write);
            await stream.FrameAsync();
        }
        answer.Finish();
        Assert.Single(await stream.ToEndAsync());

        Assert.Equal($$$"""
            retry: 1000

            event: start
            data: {"run":"{{{run}}}","model":"scripted"}
            id: {{{run}}}.1

            event: thinking
            data: {"text":"hm"}
            id: {{{run}}}.2

            event: delta
            data: {"text":"Hel"}
            id: {{{run}}}.3

            event: delta
            data: {"text":"lo\n\"wörld\" \uD83D\uDE00 </p>"}
            id: {{{run}}}.4

            event: tool_call
            data: {"id":"t1","name":"search","input":{"q":1}}
            id: {{{run}}}.5

            event: tool_result
            data: {"id":"t1","output":[1,2]}
            id: {{{run}}}.6

            event: done
            data: {"input_tokens":12,"output_tokens":39,"stop_reason":"end_turn","chars":21,"usage":"measured"}
            id: {{{run}}}.7


            """, stream.Text);
    }
}
