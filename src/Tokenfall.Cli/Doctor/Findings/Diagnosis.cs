using Tokenfall.Cli.Doctor.Findings.Rules;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>Concludes from the measurements at each address which hop is at fault, and how.</summary>
internal static class Diagnosis
{
    private static readonly IRule[] Rules =
    [
        new NoStreamRule(), new ArrivalRule(), new LifetimeRule(), new AbortRule(), new CacheRule(), new RequestRule(), new ResponseRule(), new ConcurrencyRule(), new NoteRule(),
    ];

    /// <summary>Returns the findings, the worst first, notes last.</summary>
    /// <param name="path">The evidence of each hop, from the outside in.</param>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<Evidence> path)
    {
        var symptoms = path.Select(evidence => Rules.SelectMany(rule => rule.Evaluate(evidence)).ToList()).ToList();
        var findings = new List<Finding>();
        for (var level = 0; level < path.Count; level++)
        {
            var inner = level + 1 < path.Count ? path[level + 1] : null;
            var products = ProductDetector.Of(path[level], inner);
            // What also shows at the next hop further in comes from there.
            foreach (var symptom in symptoms[level].Where(symptom => inner is null || !symptoms[level + 1].Any(symptom.ComesFrom)))
                findings.Add(Explain(symptom, path[level].Hop, products));
        }
        return [.. findings.OrderBy(finding => finding.Severity).ThenBy(finding => finding.Level)];
    }

    private static Finding Explain(Symptom symptom, Hop hop, IReadOnlySet<Product> products)
    {
        var explanation = Explanations.Of(symptom.Id);
        return new(
            symptom.Id, symptom.Severity, hop.Url, hop.Level, [.. products.Order().Select(ProductNames.Of)],
            explanation.Title, explanation.Cause, symptom.Evidence, Advice.For(symptom.Id, products, hop.Url.AbsolutePath));
    }
}
