using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>A second reader gets the first one's response.</summary>
internal sealed class CacheRule : IRule
{
    private static readonly string[] Signs = ["Age", "X-Cache", "X-Cache-Status", "CF-Cache-Status"];

    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (evidence.Cache is not { First.Hello.Nonce: { } first, Second: { Hello.Nonce: { } second } repeated } || first != second) yield break;
        var says = Signs.Where(name => repeated.Header(name) is not null).Select(name => $"{name}: {repeated.Header(name)}");
        yield return new(FindingId.ResponseCached, Severity.Fault, [$"Two requests for the same URL got the same response, with the id {first[..8]}, which the application creates anew for each", .. says]);
    }
}
