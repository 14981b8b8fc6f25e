using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Of several streams at once only some get through.</summary>
internal sealed class CrowdRule : IRule
{
    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        if (evidence.Crowd is not { } crowd || crowd.Together >= crowd.Asked) yield break;
        yield return new(FindingId.ConnectionLimit, Severity.Fault,
            [$"Of {crowd.Asked} streams at once on HTTP/1.1 only {crowd.Together} ran together{(crowd.Failure is null ? "; the others had to wait" : $"; others got {crowd.Failure}")}"]);
    }
}
