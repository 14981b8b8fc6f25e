using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Reads one kind of trouble out of what was measured at one address.</summary>
internal interface IRule
{
    IEnumerable<Symptom> Examine(Evidence evidence);
}
