using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor;

/// <summary>What to diagnose, and how.</summary>
/// <param name="Path">The hops, from the outside in.</param>
/// <param name="Access">How to authenticate to the application.</param>
/// <param name="Watch">How long to watch a silent stream, and one with heartbeats.</param>
internal sealed record DoctorOptions(IReadOnlyList<Hop> Path, Access Access, TimeSpan Watch)
{
    /// <summary>Long enough to see timeouts that are set too short by mistake, short enough to wait for.</summary>
    public static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(12);

    /// <summary>Longer than every usual default, five minutes included.</summary>
    public static readonly TimeSpan LongWatch = TimeSpan.FromSeconds(310);
}
