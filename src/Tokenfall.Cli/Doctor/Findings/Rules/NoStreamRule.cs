using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>The response is not a stream, or not the application's.</summary>
internal sealed class NoStreamRule : IRule
{
    // The application's limit on probes, which says nothing about the path.
    private const int ProbesBusy = 429;

    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (!evidence.First.IsStream)
        {
            yield return SymptomOf(evidence.First, evidence.KeySent);
            yield break;
        }
        var failed = new List<VariantResult>();
        foreach (var method in evidence.Variants.Select(variant => variant.Variant.Method).Distinct())
        {
            var variants = evidence.Variants.Where(variant => variant.Variant.Method == method && !variant.Recording.NotOffered).ToList();
            var others = variants.Where(variant => !variant.Recording.IsStream).ToList();
            if (others.Count > 0 && others.Count == variants.Count)
                yield return new(FindingId.MethodRefused, Severity.Fault, [$"{method}: {ResultText.Of(variants[0].Recording)} in all {variants.Count} variants, while the other method gets its stream"]);
            else
                failed.AddRange(others.Where(variant => variant.Recording.Status != ProbesBusy));
        }
        foreach (var group in failed.Select(variant => SymptomOf(variant.Recording, evidence.KeySent)).GroupBy(symptom => symptom.Id))
            yield return group.First() with { Evidence = [.. group.SelectMany(one => one.Evidence)] };
    }

    private static Symptom SymptomOf(Recording answer, bool keySent) => answer switch
    {
        { Status: >= 300 and < 400 } => new(FindingId.Redirected, Severity.Fault, [$"{answer.Variant} is answered with HTTP {answer.Status} to {answer.Header("Location") ?? "nowhere"}"]),
        { Status: 401 } when keySent => new(FindingId.AuthorizationLost, Severity.Fault, [$"{answer.Variant}: the key was sent, and the response is HTTP 401"]),
        { Status: >= 400 } => new(FindingId.GatewayError, Severity.Fault, [$"{answer.Variant} is answered with HTTP {answer.Status}{Beginning(answer)}"]),
        { Status: not null, Hello: null, Ending: Ending.Complete } =>
            new(FindingId.LoginPage, Severity.Fault, [$"{answer.Variant} is answered with HTTP {answer.Status} and {answer.Header("Content-Type") ?? "no content type"} instead of text/event-stream{Beginning(answer)}"]),
        { Status: null } => new(FindingId.GatewayError, Severity.Fault, [$"{answer.Variant} gets no response: {answer.Failure}"]),
        _ => new(FindingId.FramesDamaged, Severity.Fault, [$"{answer.Variant}: HTTP 200 with text/event-stream, but the first frame never arrived ({ResultText.Of(answer)})"]),
    };

    private static string Beginning(Recording answer)
    {
        var text = string.Join(' ', answer.OtherBody.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "" : $", which begins: {text[..Math.Min(text.Length, 80)]}";
    }
}
