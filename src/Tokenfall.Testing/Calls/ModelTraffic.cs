namespace Tokenfall.Testing;

/// <summary>What a <see cref="ModelServer"/> has done so far. It is counted even when calls are not recorded.</summary>
public sealed record ModelTraffic
{
    /// <summary>Creates the counts.</summary>
    /// <param name="requests">How many requests were received, the refused ones included.</param>
    /// <param name="openStreams">How many streams are being sent now.</param>
    /// <param name="tokens">How many tokens were written to the network.</param>
    public ModelTraffic(long requests, int openStreams, long tokens)
    {
        Requests = requests;
        OpenStreams = openStreams;
        Tokens = tokens;
    }

    /// <summary>How many requests were received, the refused ones included.</summary>
    public long Requests { get; init; }

    /// <summary>How many streams are being sent now.</summary>
    public int OpenStreams { get; init; }

    /// <summary>How many tokens were written to the network.</summary>
    public long Tokens { get; init; }
}
