using CsCheck;

namespace Tokenfall.Tests;

/// <summary>How the network cuts a stream changes nothing.</summary>
public sealed class RandomCutTests
{
    private const int Cases = 150;

    // Something of every kind.
    private static readonly byte[] Stream = Wire.Stream(
        """{"type":"message_start","message":{"id":"m","model":"claude-x","usage":{"input_tokens":25,"output_tokens":1}}}""",
        Wire.Block(0, """{"type":"thinking","thinking":"","signature":""}"""), Wire.Delta(0, """{"type":"thinking_delta","thinking":"Hm 😀"}"""),
        Wire.Delta(0, """{"type":"signature_delta","signature":"EqQ="}"""), Wire.EndBlock(0), """{"type":"ping"}""",
        Wire.Block(1, """{"type":"text","text":""}"""), Wire.Delta(1, """{"type":"text_delta","text":"Æ\ud83d"}"""), Wire.Delta(1, """{"type":"text_delta","text":"\ude00 東京"}"""),
        Wire.Delta(1, """{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example","encrypted_index":"x"}}"""), Wire.EndBlock(1),
        Wire.Block(2, """{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"""), Wire.Json(2, "{\\\"query\\\":\\\"é"), Wire.Json(2, "\\\"}"), Wire.EndBlock(2),
        Wire.Block(3, """{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"T","url":"https://b.example","encrypted_content":"y"}]}"""),
        Wire.EndBlock(3), Wire.Block(4, """{"type":"new_block","a":[1,2]}"""), Wire.Delta(4, """{"type":"new_delta","b":3}"""), Wire.EndBlock(4),
        Wire.Block(5, """{"type":"tool_use","id":"t","name":"find","input":{}}"""), Wire.Json(5, "{\\\"q\\\":\\\"cut"), Wire.Ended("max_tokens", 9), Wire.Stop);

    [Fact]
    public async Task Stream_CutAnywhere_GivesTheSameLog()
    {
        var whole = Merged(await Model.AnswerAsync(Stream));

        await Gen.Select(Gen.Int[2, 199], Choices.Any).SampleAsync(
            async (longest, choices) => Assert.Equal(whole, Merged(await Model.AnswerAsync(() => new ScriptedBody(Cut(longest, choices))))), iter: Cases);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(int longest, Choices choices)
    {
        for (int start = 0, length; start < Stream.Length; start += length)
        {
            length = Math.Min(choices.Next(1, longest), Stream.Length - start);
            yield return Stream.AsMemory(start, length);
        }
    }

    // Pieces are the provider's, not the network's; the end is part of it.
    private static List<string> Merged(Answer answer) => [.. answer.Events.Select(e => e.ToString()), answer.Terminal.ToString()];
}
