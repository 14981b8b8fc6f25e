using Tokenfall.Load;

namespace Tokenfall.Bench.Measure;

/// <summary>Times of tokens, recorded only while a load is steady, not while it begins or ends.</summary>
internal sealed class TokenTimes
{
    private volatile bool _isRecording;

    /// <summary>Whether times are being recorded.</summary>
    public bool IsRecording
    {
        get => _isRecording;
        set => _isRecording = value;
    }

    /// <summary>From the moment a token was produced to its arrival.</summary>
    public DurationHistogram Ages { get; private set; } = new();

    /// <summary>From a request, connecting included, to the first token.</summary>
    public DurationHistogram Firsts { get; private set; } = new();

    /// <summary>Forgets what was recorded.</summary>
    public void Clear() => (Ages, Firsts) = (new(), new());
}
