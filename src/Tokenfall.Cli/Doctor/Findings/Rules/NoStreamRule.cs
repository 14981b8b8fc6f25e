using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Something else than the application answers.</summary>
internal sealed class DetourRule : IRule
{
    // The application's own bound: that says nothing about the path.
    private const int ProbesBusy = 429;

    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        if (!evidence.First.IsStream)
        {
            yield return Of(evidence.First, evidence.KeySent);
            yield break;
        }
        var astray = new List<VariantResult>();
        foreach (var method in evidence.Variants.Select(variant => variant.Variant.Method).Distinct())
        {
            var variants = evidence.Variants.Where(variant => variant.Variant.Method == method && !variant.Recording.NotOffered).ToList();
            var others = variants.Where(variant => !variant.Recording.IsStream).ToList();
            if (others.Count > 0 && others.Count == variants.Count)
                yield return new(FindingId.MethodRefused, Severity.Fault, [$"{method}: {Words.Of(variants[0].Recording)} in all {variants.Count} variants, while the other method gets its stream"]);
            else
                astray.AddRange(others.Where(variant => variant.Recording.Status != ProbesBusy));
        }
        foreach (var alike in astray.Select(variant => Of(variant.Recording, evidence.KeySent)).GroupBy(symptom => symptom.Id))
            yield return alike.First() with { Evidence = [.. alike.SelectMany(one => one.Evidence)] };
    }

    private static Symptom Of(Recording answer, bool keySent) => answer switch
    {
        { Status: >= 300 and < 400 } => new(FindingId.Redirected, Severity.Fault, [$"{answer.Variant} is answered with HTTP {answer.Status} to {answer.Header("Location") ?? "nowhere"}"]),
        { Status: 401 } when keySent => new(FindingId.AuthorizationLost, Severity.Fault, [$"{answer.Variant}: the key was sent, and the answer is HTTP 401"]),
        { Status: >= 400 } => new(FindingId.GatewayError, Severity.Fault, [$"{answer.Variant} is answered with HTTP {answer.Status}{Beginning(answer)}"]),
        { Status: not null, Hello: null, Ending: Ending.Complete } =>
            new(FindingId.LoginPage, Severity.Fault, [$"{answer.Variant} is answered with HTTP {answer.Status} and {answer.Header("Content-Type") ?? "no content type"} instead of text/event-stream{Beginning(answer)}"]),
        { Status: null } => new(FindingId.GatewayError, Severity.Fault, [$"{answer.Variant} gets no answer: {answer.Failure}"]),
        _ => new(FindingId.FramesDamaged, Severity.Fault, [$"{answer.Variant}: HTTP 200 with text/event-stream, but the first frame never came ({Words.Of(answer)})"]),
    };

    private static string Beginning(Recording answer)
    {
        var text = string.Join(' ', answer.OtherBody.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "" : $", which begins: {text[..Math.Min(text.Length, 80)]}";
    }
}
