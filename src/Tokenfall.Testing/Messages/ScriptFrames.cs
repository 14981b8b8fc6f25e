using System.Buffers;
using System.Runtime.CompilerServices;
using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing.Messages;

/// <summary>
/// A script as the bytes that go over the wire, computed once per script: any range of tokens is one slice.
/// Only <c>message_start</c> is missing, because it carries the request's model.
/// </summary>
internal sealed class ScriptFrames
{
    internal const string Signature = "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds2d0dGVzdHNpZ25hdHVyZQ==";

    private static readonly ConditionalWeakTable<ModelScript, ScriptFrames> Made = [];

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];
    private readonly int _openingEnd;

    private ScriptFrames(ModelScript script)
    {
        var blocks = Blocks(script);
        if (blocks.Count == 0)
            EventFrames.Ping(_bytes);
        for (var index = 0; index < blocks.Count; index++)
        {
            blocks[index].Start(_bytes, index);
            if (index == 0)
            {
                EventFrames.Ping(_bytes);
                _openingEnd = _bytes.WrittenCount;
            }

            foreach (var piece in blocks[index].Pieces)
            {
                EventFrames.Delta(_bytes, index, blocks[index].DeltaType, blocks[index].Property, piece);
                if (script.PingEvery > 0 && (_ends.Count + 1) % script.PingEvery == 0)
                    EventFrames.Ping(_bytes);
                _ends.Add(_bytes.WrittenCount);
            }

            blocks[index].Stop(_bytes, index);
        }

        EventFrames.MessageDelta(_bytes, script.StopReason, script.InputTokens, script.OutputTokens ?? _ends.Count);
        EventFrames.MessageStop(_bytes);
    }

    internal static ScriptFrames Of(ModelScript script) => Made.GetValue(script, static s => new ScriptFrames(s));

    /// <summary>How many tokens the script has.</summary>
    internal int Tokens => _ends.Count;

    /// <summary>The start of the first block, and the usual ping.</summary>
    internal ReadOnlySpan<byte> Opening => _bytes.WrittenSpan[.._openingEnd];

    /// <summary>Everything from the end of the last token.</summary>
    internal ReadOnlySpan<byte> Closing => _bytes.WrittenSpan[EndOf(Tokens)..];

    /// <summary>The frames that end with the tokens from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    internal ReadOnlySpan<byte> Slice(int from, int to) => _bytes.WrittenSpan[EndOf(from)..EndOf(to)];

    /// <summary>Where to stop so that at least one token, and about <paramref name="bytes"/> bytes, are sent.</summary>
    internal int Fit(int from, int limit, int bytes)
    {
        var budget = EndOf(from) + bytes;
        var to = from + 1;
        while (to < limit && _ends[to] <= budget)
            to++;
        return to;
    }

    private int EndOf(int tokens) => tokens == 0 ? _openingEnd : _ends[tokens - 1];

    private static List<Block> Blocks(ModelScript script)
    {
        var blocks = new List<Block>();
        if (script.Thinking is not null)
        {
            blocks.Add(new("thinking_delta", "thinking", TokenCutter.Cut(script.Thinking),
                json => { json.WriteString("type", "thinking"); json.WriteString("thinking", ""); json.WriteString("signature", ""); },
                (to, index) => EventFrames.Delta(to, index, "signature_delta", "signature", Signature)));
        }

        if (script.Tokens.Count > 0)
        {
            blocks.Add(new("text_delta", "text", script.Tokens,
                json => { json.WriteString("type", "text"); json.WriteString("text", ""); }));
        }

        for (var i = 0; i < script.Tools.Count; i++)
        {
            var (tool, id) = (script.Tools[i], ToolId(script.Tools[i], i));
            blocks.Add(new("input_json_delta", "partial_json", ["", .. TokenCutter.Cut(tool.InputJson)], json =>
            {
                json.WriteString("type", "tool_use");
                json.WriteString("id", id);
                json.WriteString("name", tool.Name);
                json.WriteStartObject("input");
                json.WriteEndObject();
            }));
        }

        return blocks;
    }

    internal static string ToolId(ModelToolUse tool, int index) => tool.Id ?? $"toolu_{index + 1:D24}";

    private sealed record Block(
        string DeltaType,
        string Property,
        IReadOnlyList<string> Pieces,
        Action<System.Text.Json.Utf8JsonWriter> Describe,
        Action<IBufferWriter<byte>, int>? BeforeStop = null)
    {
        internal void Start(IBufferWriter<byte> to, int index) => EventFrames.BlockStart(to, index, Describe);

        internal void Stop(IBufferWriter<byte> to, int index)
        {
            BeforeStop?.Invoke(to, index);
            EventFrames.BlockStop(to, index);
        }
    }
}
