using System.Text.Json;
using Tokenfall.Load;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Records the frames of a probe as they arrive.</summary>
internal sealed class FrameReader : IFrameSink
{
    private readonly Recording _recording;
    private readonly FrameScanner _frames;
    private double _nowMs;

    public FrameReader(Recording recording) => (_recording, _frames) = (recording, new FrameScanner(this, strict: false));

    /// <summary>Whether the last frame has arrived.</summary>
    public bool AtEnd { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes, double nowMs)
    {
        _nowMs = nowMs;
        _frames.Feed(bytes);
    }

    public void OnComment() => _recording.CommentsMs.Add(_nowMs);

    public void OnFrame(SseFrame frame)
    {
        try
        {
            if (frame.Event.SequenceEqual("hello"u8)) AddHello(frame.Data);
            else if (frame.Event.SequenceEqual("tick"u8) || frame.Event.SequenceEqual("end"u8)) AddTick(JsonSerializer.Deserialize<JsonElement>(frame.Data));
            AtEnd |= frame.Event.SequenceEqual("end"u8);
        }
        catch (Exception garbled) when (garbled is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            Fail($"A frame arrived that the application did not send: {garbled.Message}");
        }
    }

    public void Fail(string problem) => _recording.Failure = problem;

    private void AddHello(ReadOnlySpan<byte> data)
    {
        var hello = JsonSerializer.Deserialize<ReceivedRequest>(data, ProbeJson.Options);
        _recording.Hello = hello?.Headers is null ? throw new JsonException("the request that arrived is missing") : hello;
        _recording.Frames.Add(new(0, 0, _nowMs));
    }

    private void AddTick(JsonElement tick)
    {
        var sentMs = tick.GetProperty("ms").GetDouble();
        if (!double.IsFinite(sentMs)) throw new FormatException("its time is no number");
        _recording.Frames.Add(new(tick.GetProperty("n").GetInt32(), sentMs, _nowMs));
    }
}
