using Tokenfall.Cli.Doctor.Patterns;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>One variant of the matrix, read.</summary>
internal sealed record VariantResult(Recording Recording, Pattern Pattern)
{
    public ProbeVariant Variant => Recording.Variant;
}

/// <summary>Two streams that say nothing, side by side; one has heartbeats. Which of them is cut tells why.</summary>
internal sealed record IdleResult(Recording Silent, Recording Beating);

/// <summary>The same address twice.</summary>
internal sealed record CacheResult(Recording First, Recording Second);

/// <summary>Several streams at once on HTTP/1.1.</summary>
/// <param name="Asked">How many were opened.</param>
/// <param name="Together">How many of them were served at the same time.</param>
/// <param name="Failure">What the others got, if that was an answer.</param>
internal sealed record CrowdResult(int Asked, int Together, string? Failure);

/// <summary>All that was measured at one hop's address.</summary>
internal sealed record Evidence(Hop Hop)
{
    public required Recording First { get; init; }

    public IReadOnlyList<VariantResult> Variants { get; init; } = [];

    /// <summary>The plain variant, without the headers that ask hops to pass the stream on: shows that collecting would be seen.</summary>
    public VariantResult? Bare { get; init; }

    public IdleResult? Idle { get; init; }

    public AbortResult? Abort { get; init; }

    public CacheResult? Cache { get; init; }

    public CrowdResult? Crowd { get; init; }

    /// <summary>Whether a key was sent.</summary>
    public bool KeySent { get; init; }

    /// <summary>The variants whose wire is spoken there and whose stream came through.</summary>
    public IEnumerable<VariantResult> Streams => Variants.Where(variant => variant.Recording.IsStream);

    public IEnumerable<Recording> Recordings => Variants.Select(variant => variant.Recording).Prepend(First);

    /// <summary>Any answer of the application's, for what it says about its request.</summary>
    public Echo? Hello => Recordings.FirstOrDefault(recording => recording.Hello is not null)?.Hello;
}
