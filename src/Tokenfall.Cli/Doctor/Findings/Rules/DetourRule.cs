using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Something else than the application answers.</summary>
internal sealed class DetourRule : IRule
{
    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        if (!evidence.First.IsStream)
        {
            if (Of(evidence.First, evidence.KeySent) is { } symptom) yield return symptom;
            yield break;
        }
        foreach (var method in evidence.Cells.Select(cell => cell.Cell.Method).Distinct())
        {
            var cells = evidence.Cells.Where(cell => cell.Cell.Method == method && !cell.Recording.NotOffered).ToList();
            if (cells.Count > 0 && cells.All(cell => !cell.Recording.IsStream))
                yield return new(FindingId.MethodRefused, Severity.Fault, [$"{method}: {Words.Of(cells[0].Recording)} in all {cells.Count} cells, while the other method gets its stream"]);
        }
    }

    private static Symptom? Of(Recording answer, bool keySent) => answer switch
    {
        { Status: >= 300 and < 400 } => new(FindingId.Redirected, Severity.Fault, [$"GET is answered with HTTP {answer.Status} to {answer.Header("Location") ?? "nowhere"}"]),
        { Status: 401 } when keySent => new(FindingId.AuthorizationLost, Severity.Fault, ["The key was sent, and the answer is HTTP 401"]),
        { Status: >= 400 } => new(FindingId.GatewayError, Severity.Fault, [$"GET is answered with HTTP {answer.Status}{Beginning(answer)}"]),
        { Status: not null, Hello: null, Ending: Ending.Complete } =>
            new(FindingId.LoginPage, Severity.Fault, [$"GET is answered with HTTP {answer.Status} and {answer.Header("Content-Type") ?? "no content type"} instead of text/event-stream{Beginning(answer)}"]),
        { Status: null } => new(FindingId.GatewayError, Severity.Fault, [$"GET gets no answer: {answer.Failure}"]),
        _ => new(FindingId.FramesDamaged, Severity.Fault, [$"HTTP 200 with text/event-stream, but the first frame never came ({Words.Of(answer)})"]),
    };

    private static string Beginning(Recording answer)
    {
        var text = string.Join(' ', answer.OtherBody.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "" : $", which begins: {text[..Math.Min(text.Length, 80)]}";
    }
}
