using System.Text;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Checks one stream as it arrives: ids rise, there is one <c>done</c>, and nothing follows it.</summary>
internal class StreamCheck : IFrameSink
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstText = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _last;
    private int _deltas;
    private int _frames;

    /// <summary>Completes with the first event, or when something went wrong before it.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes with the first text, or when something went wrong before it.</summary>
    public Task FirstText => _firstText.Task;

    /// <summary>The run's id; null before the first event.</summary>
    public string? Run { get; private set; }

    /// <summary>The data of the terminal event.</summary>
    public string? Done { get; private set; }

    /// <summary>The first thing that was wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many text events the frames so far covered.</summary>
    public int Deltas => Volatile.Read(ref _deltas);

    /// <summary>How many frames of text there were; fewer than <see cref="Deltas"/> when some were merged.</summary>
    public int Frames => Volatile.Read(ref _frames);

    public void OnFrame(SseFrame frame)
    {
        var dot = frame.Id.LastIndexOf((byte)'.');
        if (dot < 0 || !int.TryParse(frame.Id[(dot + 1)..], out var number)) Fail($"a frame without an id: {Encoding.UTF8.GetString(frame.Id)}");
        else if (number <= _last) Fail($"event {number} after {_last}");
        else if (Done is not null) Fail($"event {number} after the terminal one");
        else Accept(frame, number, dot);
    }

    public void Fail(string problem)
    {
        Problem ??= problem;
        _opened.TrySetResult();
        _firstText.TrySetResult();
    }

    /// <summary>Called when the response has ended.</summary>
    public void End(StreamEnd end)
    {
        if (end == StreamEnd.Cut) Fail($"the response was cut after event {_last}");
        if (end == StreamEnd.Clean && Done is null) Fail($"the response ended cleanly after event {_last}, without a terminal event");
    }

    /// <summary>Receives text as it is on the wire: UTF-8, escaped for JSON.</summary>
    protected virtual void OnText(ReadOnlySpan<byte> escaped) { }

    private void Accept(SseFrame frame, int number, int dot)
    {
        Run ??= Encoding.ASCII.GetString(frame.Id[..dot]);
        if (frame.Event.SequenceEqual("delta"u8)) AcceptText(frame.Data, number - _last);
        else if (frame.Event.SequenceEqual("done"u8)) Done = Encoding.UTF8.GetString(frame.Data);
        else if (!frame.Event.SequenceEqual("start"u8)) Fail($"{Encoding.UTF8.GetString(frame.Event)}: {Encoding.UTF8.GetString(frame.Data)}");
        _last = number;
        _opened.TrySetResult();
    }

    private void AcceptText(ReadOnlySpan<byte> data, int events)
    {
        if (!data.StartsWith("{\"text\":\""u8) || !data.EndsWith("\"}"u8))
        {
            Fail($"an unexpected delta: {Encoding.UTF8.GetString(data)}");
            return;
        }
        OnText(data[9..^2]);
        Volatile.Write(ref _deltas, _deltas + events);
        Volatile.Write(ref _frames, _frames + 1);
        _firstText.TrySetResult();
    }
}
