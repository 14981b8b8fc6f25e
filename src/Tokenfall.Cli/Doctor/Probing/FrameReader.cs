using System.Text;
using System.Text.Json;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Takes a probe's frames apart as the bytes come in.</summary>
internal sealed class FrameReader(Recording recording)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly List<byte> _pending = [];

    /// <summary>Whether the last frame has come.</summary>
    public bool AtEnd { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes, double nowMs)
    {
        foreach (var one in bytes)
        {
            if (one == '\r') continue;
            _pending.Add(one);
            if (one != '\n' || _pending.Count < 2 || _pending[^2] != '\n') continue;
            Take(Encoding.UTF8.GetString([.. _pending]), _pending.Count, nowMs);
            _pending.Clear();
        }
    }

    private void Take(string block, int size, double nowMs)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Any(line => line[0] == ':')) recording.CommentsMs.Add(nowMs);
        if (Value(lines, "event") is not { } type || Value(lines, "data") is not { } data) return;
        try
        {
            var (number, sentMs) = type == "hello" ? (0, 0) : Stamp(data);
            if (type == "hello") recording.Hello = JsonSerializer.Deserialize<Echo>(data, Json);
            AtEnd |= type == "end";
            recording.Frames.Add(new Arrival(number, sentMs, nowMs, size));
        }
        catch (Exception garbled) when (garbled is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            recording.Failure = $"A frame arrived that the application did not send: {garbled.Message}";
        }
    }

    private static (int Number, double SentMs) Stamp(string data)
    {
        var frame = JsonDocument.Parse(data).RootElement;
        return (frame.GetProperty("n").GetInt32(), frame.GetProperty("ms").GetDouble());
    }

    private static string? Value(string[] lines, string field) =>
        lines.FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal))?[(field.Length + 1)..].TrimStart(' ');
}
