using System.Globalization;
using System.Security.Cryptography;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>What the probe endpoint is to send. Durations in milliseconds.</summary>
internal sealed record ProbeRequest
{
    public int Interval { get; init; } = 300;

    public int Count { get; init; } = 10;

    public int Silence { get; init; }

    public int Heartbeat { get; init; }

    /// <summary>Whether to leave out the headers that ask hops not to buffer.</summary>
    public bool Bare { get; init; }

    /// <summary>How long to wait beyond the probe's own length for a hop that never ends a response.</summary>
    public int ExtraTimeout { get; init; } = 5000;

    /// <summary>The probe's id, by which its state can be asked for even when its response never arrives.</summary>
    public string Id { get; init; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public double DurationMs => Silence + ((double)Interval * Count);

    /// <summary>What a reader that resumes after the third event sends.</summary>
    public string LastEventId => $"{Id}.3";

    public Uri UrlFor(Uri probe) => new(string.Create(CultureInfo.InvariantCulture,
        $"{probe}?id={Id}&interval={Interval}&count={Count}&silence={Silence}&heartbeat={Heartbeat}{(Bare ? "&bare=1" : "")}"));
}
