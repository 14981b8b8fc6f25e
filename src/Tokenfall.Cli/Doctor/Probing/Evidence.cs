using Tokenfall.Cli.Doctor.Patterns;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>The result of one variant.</summary>
internal sealed record VariantResult(Recording Recording, Pattern Pattern)
{
    public ProbeVariant Variant => Recording.Variant;
}

/// <summary>Two streams without events, side by side, one of them with heartbeats. Which of them is cut tells why.</summary>
internal sealed record IdleResult(Recording Silent, Recording WithHeartbeats);

/// <summary>Two requests for the same URL.</summary>
internal sealed record CacheResult(Recording First, Recording Second);

/// <summary>Several streams at once on HTTP/1.1.</summary>
/// <param name="Opened">How many were requested.</param>
/// <param name="Together">How many of them were served at the same time.</param>
/// <param name="Failure">What the others got instead; null when they had to wait.</param>
internal sealed record ConcurrencyResult(int Opened, int Together, string? Failure);

/// <summary>All measurements at the address of one hop.</summary>
internal sealed record Evidence(Hop Hop)
{
    public required Recording First { get; init; }

    public IReadOnlyList<VariantResult> Variants { get; init; } = [];

    /// <summary>The plain variant without the headers that ask hops not to buffer: shows whether a hop would buffer without them.</summary>
    public VariantResult? Bare { get; init; }

    public IdleResult? Idle { get; init; }

    public AbortResult? Abort { get; init; }

    public CacheResult? Cache { get; init; }

    public ConcurrencyResult? Concurrency { get; init; }

    /// <summary>Whether a key was sent.</summary>
    public bool KeySent { get; init; }

    /// <summary>The variants whose protocol the hop speaks and whose stream arrived.</summary>
    public IEnumerable<VariantResult> Streams => Variants.Where(variant => variant.Recording.IsStream);

    public IEnumerable<Recording> Recordings => Variants.Select(variant => variant.Recording).Prepend(First);

    /// <summary>The request as the application received it, from any of its responses.</summary>
    public ReceivedRequest? Hello => Recordings.FirstOrDefault(recording => recording.Hello is not null)?.Hello;
}
