using System.Globalization;
using System.Text;
using Tokenfall.Load;

namespace Tokenfall.Attacks.Soak;

/// <summary>Checks an answer over all connections that read it: ids rise, no token is missing or repeated, and one end is the last event.</summary>
internal sealed class AnswerCheck : IFrameSink
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StampScanner _stamps = new();
    private int _last;
    private int _tokens;

    /// <summary>The first thing that was wrong, other than a refusal.</summary>
    public string? Problem { get; private set; }

    /// <summary>The server's words when it refused the request.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The run's id; null before the first event.</summary>
    public string? Run { get; private set; }

    /// <summary>The id of the last event.</summary>
    public string LastId => string.Create(CultureInfo.InvariantCulture, $"{Run}.{_last}");

    /// <summary>Whether the end has come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Completes once this many tokens have come, the end, or a refusal.</summary>
    public Task Reached => _over.Task;

    /// <summary>How many tokens <see cref="Reached"/> waits for.</summary>
    public int Wanted { get; init; } = int.MaxValue;

    public void OnFrame(SseFrame frame)
    {
        var dot = frame.Id.LastIndexOf((byte)'.');
        if (dot < 0 || !int.TryParse(frame.Id[(dot + 1)..], CultureInfo.InvariantCulture, out var number)) Wrong($"a frame without an id: {Encoding.UTF8.GetString(frame.Id)}");
        else if (number <= _last) Wrong($"event {number} after {_last}");
        else if (IsOver) Wrong($"event {number} after the end");
        else Accept(frame, number, dot);
    }

    public void Fail(string problem)
    {
        Refusal ??= problem;
        _over.TrySetResult();
    }

    public void Wrong(string problem)
    {
        Problem ??= problem;
        _over.TrySetResult();
    }

    private void Accept(SseFrame frame, int number, int dot)
    {
        Run ??= Encoding.ASCII.GetString(frame.Id[..dot]);
        _last = number;
        if (frame.Event.SequenceEqual("delta"u8)) Count(frame.Data);
        if (!frame.Event.SequenceEqual("done"u8) && !frame.Event.SequenceEqual("error"u8)) return;
        IsOver = true;
        _over.TrySetResult();
    }

    private void Count(ReadOnlySpan<byte> text)
    {
        while (_stamps.Next(ref text, out var number, out _))
        {
            if (number != _tokens++) Wrong($"token {number} came after {_tokens - 1} tokens");
        }
        if (_tokens >= Wanted) _over.TrySetResult();
    }
}
