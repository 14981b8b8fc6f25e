namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>Readers notice.</summary>
    Fault,

    /// <summary>It has a cost, or will break under other circumstances.</summary>
    Warning,

    /// <summary>Good to know. Nothing has to be changed, and it does not count as a finding.</summary>
    Note,
}

/// <summary>Something wrong as seen from one address; which hop causes it is not yet known.</summary>
/// <param name="Id">One of <see cref="FindingId"/>.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Magnitude">A time in milliseconds that distinguishes two symptoms with the same id; 0 where there is none.</param>
internal sealed record Symptom(string Id, Severity Severity, IReadOnlyList<string> Evidence, double Magnitude = 0)
{
    /// <summary>Whether an address further in shows the same symptom, which then comes from there.</summary>
    public bool ComesFrom(Symptom inner) => inner.Id == Id && (Magnitude == 0 || (Magnitude < 1.5 * inner.Magnitude && inner.Magnitude < 1.5 * Magnitude));
}
