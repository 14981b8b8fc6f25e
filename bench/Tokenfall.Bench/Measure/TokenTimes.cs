using Tokenfall.Load;

namespace Tokenfall.Bench.Measure;

/// <summary>Times of tokens, recorded only while they are watched: not while a load begins or ends.</summary>
internal sealed class TokenTimes
{
    private volatile bool _watched;

    /// <summary>Whether they are recorded.</summary>
    public bool Watched
    {
        get => _watched;
        set => _watched = value;
    }

    /// <summary>From the making of a token to its arrival.</summary>
    public DurationHistogram Ages { get; } = new();

    /// <summary>From a request, its connecting included, to the first token.</summary>
    public DurationHistogram Firsts { get; } = new();
}
