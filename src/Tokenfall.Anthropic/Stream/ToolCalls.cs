using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Collects a tool's arguments, which come in pieces that are no JSON by themselves, and writes the call when its block stops.</summary>
internal sealed class ToolCalls(RunWriter run)
{
    private readonly Dictionary<int, Call> _open = [];

    public void Start(int index, JsonElement block) =>
        _open[index] = new Call(block.Text("id") ?? "", block.Text("name") ?? "", InputOf(block));

    /// <summary>Adds a piece, as it stands between the quotes of the wire's JSON string.</summary>
    public void Append(int index, ReadOnlySpan<byte> escaped)
    {
        if (_open.TryGetValue(index, out var call)) call.Pieces.Write(escaped);
    }

    /// <exception cref="JsonException">The pieces do not make up one JSON value.</exception>
    public void Stop(int index)
    {
        if (!_open.Remove(index, out var call)) return;
        try
        {
            run.ToolCall(call.Id, call.Name, call.Pieces.WrittenCount == 0 ? call.Input : Unescape(call.Pieces.WrittenSpan));
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            throw new JsonException($"The arguments of the tool call {call.Id} are not JSON.", bad);
        }
    }

    // Only the whole is unescaped: a surrogate pair may be cut between two pieces.
    private static byte[] Unescape(ReadOnlySpan<byte> escaped)
    {
        using var document = JsonDocument.Parse($"\"{Encoding.UTF8.GetString(escaped)}\"");
        return Encoding.UTF8.GetBytes(document.RootElement.GetString()!);
    }

    // Without pieces the arguments are those of the block's start: nearly always {}.
    private static byte[] InputOf(JsonElement block) =>
        block.Field("input") is { ValueKind: JsonValueKind.Object } input ? JsonMarshal.GetRawUtf8Value(input).ToArray() : "{}"u8.ToArray();

    private sealed record Call(string Id, string Name, byte[] Input)
    {
        public ArrayBufferWriter<byte> Pieces { get; } = new();
    }
}
