using System.Buffers;
using System.Text;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Spells one response of <see cref="IndexedProtocol"/>.</summary>
internal sealed class IndexedFormatter(Run run, int skip) : IRunFormatter
{
    private readonly HashSet<int> _openCalls = [];
    private (PartKind Kind, int Number)? _openText;
    private int _index;
    private int _written;

    public void WritePreamble(IBufferWriter<byte> output)
    {
    }

    public void WriteHeartbeat(IBufferWriter<byte> output) => output.Write(": beat\n\n"u8);

    public bool WriteQueued(IBufferWriter<byte> output, int position, int after) => false;

    public bool WriteFrame(IBufferWriter<byte> output, in RunFrame frame)
    {
        var before = _written;
        var payload = Encoding.UTF8.GetString(frame.Payload.Span);
        switch (frame.Kind)
        {
            case EventKind.Start:
                Chunk(output, $"start {run.Id}");
                break;
            case EventKind.Text or EventKind.Reasoning:
                var part = (frame.Kind.ToPartKind(), frame.Part);
                if (_openText != part)
                {
                    CloseText(output);
                    Chunk(output, $"open {part}");
                    _openText = part;
                }
                Chunk(output, $"piece {part} {payload}");
                break;
            case EventKind.ToolStart:
                CloseText(output);
                _openCalls.Add(frame.Part);
                Chunk(output, $"open call {frame.Part}");
                break;
            case EventKind.ToolInput:
                CloseText(output);
                Chunk(output, $"input {frame.Part} {payload}");
                break;
            case EventKind.ToolCall:
                CloseText(output);
                if (_openCalls.Remove(frame.Part)) Chunk(output, $"close call {frame.Part}");
                Chunk(output, $"call {payload}");
                break;
            case EventKind.Done or EventKind.Error:
                CloseText(output);
                foreach (var call in _openCalls.Order()) Chunk(output, $"close call {call}");
                Chunk(output, $"end {run.End!.Status}");
                output.Write("data: [END]\n\n"u8);
                _written++;
                break;
        }
        return _written > before;
    }

    private void CloseText(IBufferWriter<byte> output)
    {
        if (_openText is { } open) Chunk(output, $"close {open}");
        _openText = null;
    }

    private void Chunk(IBufferWriter<byte> output, string text)
    {
        if (_index++ < skip) return;
        Encoding.UTF8.GetBytes($"data: {text}\n\n", output);
        _written++;
    }
}
