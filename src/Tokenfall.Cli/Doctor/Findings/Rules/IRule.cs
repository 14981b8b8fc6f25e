using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Finds one kind of problem in the measurements at one address.</summary>
internal interface IRule
{
    IEnumerable<Symptom> Evaluate(Evidence evidence);
}
