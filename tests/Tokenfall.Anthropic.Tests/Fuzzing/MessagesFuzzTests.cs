using Tokenfall.Tests.Fuzzing;

namespace Tokenfall.Tests;

/// <summary>Whatever a provider sends: the run ends once, in a way that readers know, and what they get is well formed.</summary>
public sealed class MessagesFuzzTests
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 100_000 };

    [Fact]
    public Task Stream_NearlyValid_EndsTheRunInAKnownWay() => Fuzz.RunAsync([.. Fuzz.Corpus("messages"), Wire.Recorded], async (input, choices) =>
    {
        var answer = await Model.AnswerAsync(() => new ScriptedBody(Cut(input, choices)));

        Assert.True(answer.Failure is null or ModelException, answer.Failure?.ToString());
        Assert.NotEqual("internal", answer.Code);
        Assert.Single(answer.Events, IsTerminal);
        Assert.True(IsTerminal(answer.Events[^1]));
        Assert.InRange(answer.InputTokens ?? 0, 0, long.MaxValue);
        Assert.InRange(answer.OutputTokens ?? 0, 0, long.MaxValue);
        foreach (var one in answer.Events) AssertWellFormed(one);
    });

    private static bool IsTerminal(LoggedEvent one) => one.Kind is EventKind.Done or EventKind.Error;

    private static void AssertWellFormed(LoggedEvent one)
    {
        if (one.Kind == EventKind.Start || IsTerminal(one)) return;
        var isText = one.Kind is EventKind.Text or EventKind.Reasoning or EventKind.ToolInput;
        using var json = JsonDocument.Parse(isText ? $"\"{one.Payload}\"" : one.Payload, Deep);
        Assert.Equal(isText ? JsonValueKind.String : JsonValueKind.Object, json.RootElement.ValueKind);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] stream, Choices choices)
    {
        var longest = choices.Next(2, 400);
        for (int start = 0, length; start < stream.Length; start += length)
        {
            length = Math.Min(choices.Next(1, longest), stream.Length - start);
            yield return stream.AsMemory(start, length);
        }
    }
}
