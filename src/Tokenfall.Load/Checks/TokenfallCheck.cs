using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Tokenfall.Load;

/// <summary>
/// Checks a stream in Tokenfall's format: rising ids of one run, exactly one terminal event, and as much text as <c>done</c> says.
/// </summary>
internal sealed class TokenfallCheck(LoadPlan plan, LoadFigures figures) : LoadCheck(plan, figures)
{
    private readonly AnswerText _text = new(plan.Expect);
    private byte[]? _run;
    private int _last;
    private int _chars;
    private bool _isStamped;

    public override ulong Hash => _text.Hash;

    public override string? LastEventId => _run is null ? null : $"{Encoding.ASCII.GetString(_run)}.{_last}";

    public override void OnFrame(SseFrame frame)
    {
        var dot = frame.Id.LastIndexOf((byte)'.');
        if (dot <= 0 || !Utf8Parser.TryParse(frame.Id[(dot + 1)..], out int number, out var digits) || dot + 1 + digits != frame.Id.Length)
            Fail(frame.Id.IsEmpty ? $"an event without an id: {Text(frame.Event)}" : $"an invalid id: {Text(frame.Id)}");
        else if (!frame.Id[..dot].SequenceEqual(_run ??= frame.Id[..dot].ToArray()))
            Fail($"the id {Text(frame.Id)} in a stream of the run {Text(_run)}");
        else if (HasEnded)
            Fail($"event {number} after the terminal one");
        else if (number <= _last)
            Repeated++;
        else
            Accept(frame, number);
    }

    public override void Complete()
    {
        base.Complete();
        // Numbered tokens are more precise.
        if (Lost + Repeated > 0) return;
        var length = Plan.Expect?.Length ?? _chars;
        Lost = Math.Max(0, length - _text.Length);
        Repeated = Math.Max(0, _text.Length - length);
        IsChanged = _text.Differs && _text.Length == length;
        if (_chars != length) Fail($"done says {_chars} chars; the answer has {length}");
    }

    private void Accept(SseFrame frame, int number)
    {
        if (frame.Event.SequenceEqual("delta"u8)) OnText(frame.Data, number - _last);
        else if (frame.Event.SequenceEqual("done"u8)) OnDone(frame.Data);
        else if (frame.Event.SequenceEqual("error"u8)) OnError(frame.Data);
        _last = number;
    }

    private void OnText(ReadOnlySpan<byte> data, int deltas)
    {
        if (!data.StartsWith("{\"text\":\""u8) || !data.EndsWith("\"}"u8))
        {
            Fail($"an unexpected delta: {Text(data)}");
            return;
        }
        var text = data[9..^2];
        if (Deltas == 0) _isStamped = TokenStamps.StartsWith(text);
        CountText(deltas);
        try
        {
            _text.Add(text, Plan.SameText);
        }
        catch (FormatException malformed)
        {
            Fail(malformed.Message);
        }
        if (_isStamped) Stamps.Read(text, Timing.Arrived);
    }

    private void OnDone(ReadOnlySpan<byte> data)
    {
        HasEnded = true;
        if (Property(data, "chars") is not { } chars || !int.TryParse(chars, out _chars)) Fail($"a done event without chars: {Text(data)}");
    }

    private void OnError(ReadOnlySpan<byte> data)
    {
        HasEnded = true;
        Error = Property(data, "code") is { } code ? $"{code}: {Property(data, "message")}" : Text(data);
    }

    private static string? Property(ReadOnlySpan<byte> data, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(data.ToArray());
            return json.RootElement.TryGetProperty(name, out var property) ? property.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes[..Math.Min(120, bytes.Length)]);
}
