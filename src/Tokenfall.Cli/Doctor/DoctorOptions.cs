using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor;

/// <summary>What the doctor is asked to look at.</summary>
/// <param name="Path">From the outside in.</param>
/// <param name="Access">How the application lets it in.</param>
/// <param name="Watch">How long the silent and the heart-beating stream are watched.</param>
internal sealed record DoctorOptions(IReadOnlyList<Hop> Path, Access Access, TimeSpan Watch)
{
    /// <summary>Long enough for what is set too short by mistake, short enough to wait for.</summary>
    public static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(12);

    /// <summary>Above every default that is in use, five minutes included.</summary>
    public static readonly TimeSpan LongWatch = TimeSpan.FromSeconds(310);
}
