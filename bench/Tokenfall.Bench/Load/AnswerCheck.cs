using System.Buffers;
using System.Text.Json;

namespace Tokenfall.Bench.Load;

/// <summary>Collects the answer, to compare it with the text of the model.</summary>
internal sealed class AnswerCheck : StreamCheck
{
    private readonly ArrayBufferWriter<byte> _json = new(256);

    public AnswerCheck() => _json.Write("\""u8);

    /// <summary>Checks the text, and the length that <c>done</c> gives. To be called once, after the end.</summary>
    public void Expect(string text)
    {
        if (Problem is not null) return;
        _json.Write("\""u8);
        var answer = JsonSerializer.Deserialize<string>(_json.WrittenSpan)!;
        if (answer != text) Fail($"the answer has {answer.Length} characters, the model sent {text.Length}, or they differ");
        using var done = JsonDocument.Parse(Done ?? "{}");
        if (!done.RootElement.TryGetProperty("chars", out var chars) || chars.GetInt32() != text.Length) Fail($"done does not give {text.Length} chars: {Done}");
    }

    protected override void OnText(ReadOnlySpan<byte> escaped) => _json.Write(escaped);
}
