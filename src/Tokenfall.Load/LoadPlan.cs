namespace Tokenfall.Load;

/// <summary>What load to put on a server. Immutable.</summary>
public sealed record LoadPlan
{
    /// <summary>The URL to send requests to.</summary>
    public required Uri Url { get; init; }

    /// <summary>How many streams are open at a time; without <see cref="Duration"/> also how many there are in total.</summary>
    public int Streams { get; init; } = 10;

    /// <summary>The time over which the first streams are opened.</summary>
    public TimeSpan Ramp { get; init; }

    /// <summary>The most new streams to open per second; <see langword="null"/> for no bound.</summary>
    public double? Pace { get; init; }

    /// <summary>How long each stream that ends is replaced by a new one; <see langword="null"/> for never.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How long open streams may run on after <see cref="Duration"/> before they are aborted.</summary>
    public TimeSpan FinishTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long without a byte a stream is aborted; longer than the server's heartbeat.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The share of streams that disconnect for good in mid-answer, from 0 to 1.</summary>
    public double DisconnectShare { get; init; }

    /// <summary>The share of streams that drop their connection several times and continue by <c>Last-Event-ID</c>, from 0 to 1.</summary>
    public double ResumeShare { get; init; }

    /// <summary>The share of streams that read slowly, from 0 to 1.</summary>
    public double SlowShare { get; init; }

    /// <summary>How many bytes a second a slow stream reads.</summary>
    public int SlowBytesPerSecond { get; init; } = 200;

    /// <summary>The JSON body of each request.</summary>
    public required string Body { get; init; }

    /// <summary>Headers to send with each request; they win over the generator's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether to accept any TLS certificate.</summary>
    public bool AcceptAnyCertificate { get; init; }

    /// <summary>Whether to count the events of any server instead of checking Tokenfall's.</summary>
    public bool CountOnly { get; init; }

    /// <summary>The text that each answer must have; <see langword="null"/> where it is unknown.</summary>
    public string? Expect { get; init; }

    /// <summary>How many tokens each answer must have; <see langword="null"/> where that is unknown.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether all answers must have the same text.</summary>
    public bool SameText { get; init; }

    /// <summary>Seeds the choice of which streams disconnect, resume or read slowly, and where.</summary>
    public int Seed { get; init; } = 1;
}
