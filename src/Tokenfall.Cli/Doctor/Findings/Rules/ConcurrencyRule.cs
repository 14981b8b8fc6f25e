using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Only some of several concurrent streams get through.</summary>
internal sealed class ConcurrencyRule : IRule
{
    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (evidence.Concurrency is not { } result || result.Together >= result.Opened) yield break;
        yield return new(FindingId.ConnectionLimit, Severity.Fault,
            [$"Of {result.Opened} streams at once on HTTP/1.1 only {result.Together} ran together{(result.Failure is null ? "; the others had to wait" : $"; others got {result.Failure}")}"]);
    }
}
