namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>How bad it is.</summary>
internal enum Severity
{
    /// <summary>Readers notice.</summary>
    Fault,

    /// <summary>It costs, or will break under other circumstances.</summary>
    Warning,

    /// <summary>Good to know; nothing has to be changed, and it does not count as a finding.</summary>
    Note,
}

/// <summary>Something that is wrong as seen from one address; who is to blame is not yet known.</summary>
/// <param name="Id">One of <see cref="FindingId"/>.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Magnitude">A time, in milliseconds, that tells two symptoms of the same kind apart; 0 where there is none.</param>
internal sealed record Symptom(string Id, Severity Severity, IReadOnlyList<string> Evidence, double Magnitude = 0)
{
    /// <summary>Whether this is what is seen further in, too, and so comes from there.</summary>
    public bool ComesFrom(Symptom inner) => inner.Id == Id && (Magnitude == 0 || (Magnitude < 1.5 * inner.Magnitude && inner.Magnitude < 1.5 * Magnitude));
}
