using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Load;

/// <summary>What load to put on a server. Immutable.</summary>
internal sealed record LoadPlan
{
    /// <summary>Where answers are asked for.</summary>
    public required Uri Url { get; init; }

    /// <summary>Streams open at a time; without <see cref="Duration"/> also how many there are in all.</summary>
    public int Streams { get; init; } = 10;

    /// <summary>Time over which the first streams are opened.</summary>
    public TimeSpan Ramp { get; init; }

    /// <summary>New streams a second at most; null for no bound.</summary>
    public double? Pace { get; init; }

    /// <summary>How long a stream that has ended is followed by another; null for never.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How long open streams may go on to their end after that, before they are left.</summary>
    public TimeSpan Finish { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A stream that brings nothing for so long is given up; longer than the server's heartbeat.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Share of streams that leave in mid-answer for good, from 0 to 1.</summary>
    public double Disconnects { get; init; }

    /// <summary>Share of streams that cut their connection several times and continue by <c>Last-Event-ID</c>, from 0 to 1.</summary>
    public double Resumes { get; init; }

    /// <summary>Share of streams that read slowly, from 0 to 1.</summary>
    public double Slow { get; init; }

    /// <summary>How slowly: bytes a second.</summary>
    public int SlowRate { get; init; } = 200;

    /// <summary>The body of each request, JSON.</summary>
    public required string Body { get; init; }

    /// <summary>How the server lets each request in.</summary>
    public Access Access { get; init; } = Access.Anonymous;

    /// <summary>Whether any server's events are counted, not Tokenfall's checked.</summary>
    public bool CountOnly { get; init; }

    /// <summary>What the model says, where that is known.</summary>
    public string? Expect { get; init; }

    /// <summary>Tokens of each answer, where that is known.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether all answers must have the same text.</summary>
    public bool SameText { get; init; }

    /// <summary>Decides which streams leave, resume and dawdle, and where.</summary>
    public int Seed { get; init; } = 1;
}
