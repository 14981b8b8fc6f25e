using System.Buffers;
using System.Text.Json;

namespace Tokenfall.Bench.Load;

/// <summary>Keeps the answer, to compare it with what the model said.</summary>
internal sealed class AnswerCheck : StreamCheck
{
    private readonly ArrayBufferWriter<byte> _json = new(256);

    public AnswerCheck() => _json.Write("\""u8);

    /// <summary>Checks that the text is this one and that <c>done</c> says how long it is. Once, after the end.</summary>
    public void Expect(string text)
    {
        if (Problem is not null) return;
        _json.Write("\""u8);
        var answer = JsonSerializer.Deserialize<string>(_json.WrittenSpan)!;
        if (answer != text) Fail($"the answer has {answer.Length} characters, the model said {text.Length}, or they differ");
        using var done = JsonDocument.Parse(Done ?? "{}");
        if (!done.RootElement.TryGetProperty("chars", out var chars) || chars.GetInt32() != text.Length) Fail($"done does not say {text.Length} chars: {Done}");
    }

    protected override void OnText(ReadOnlySpan<byte> escaped) => _json.Write(escaped);
}
