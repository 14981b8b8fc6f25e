using System.Globalization;
using System.Security.Cryptography;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>What the probe endpoint is asked to send. Durations in milliseconds.</summary>
internal sealed record ProbeRequest
{
    public int Interval { get; init; } = 300;

    public int Count { get; init; } = 10;

    public int Silence { get; init; }

    public int Heartbeat { get; init; }

    /// <summary>Whether the headers are left out that ask hops to pass the stream on.</summary>
    public bool Bare { get; init; }

    /// <summary>How long to wait beyond the probe's own length: a hop that never ends a response must not hold the doctor for ever.</summary>
    public int Patience { get; init; } = 5000;

    /// <summary>The probe's name, so that one can be asked about whose response never came.</summary>
    public string Id { get; init; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public double DurationMs => Silence + ((double)Interval * Count);

    /// <summary>As a reader that comes back after the third event would say.</summary>
    public string LastEventId => $"{Id}.3";

    public Uri At(Uri probe) => new(string.Create(CultureInfo.InvariantCulture,
        $"{probe}?id={Id}&interval={Interval}&count={Count}&silence={Silence}&heartbeat={Heartbeat}{(Bare ? "&bare=1" : "")}"));
}
