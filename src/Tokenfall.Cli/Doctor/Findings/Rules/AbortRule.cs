using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>A reader disconnects, and the application goes on generating.</summary>
internal sealed class AbortRule : IRule
{
    // Less than the pause between two events: then the application did not learn of it by a failed write.
    private const double PromptMs = 1200;

    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (evidence.Abort is not { Seen: { } seen } abort) yield break;
        if (!seen)
        {
            yield return new(FindingId.AbortNever, Severity.Fault, [$"The reader disconnected after half a second; the application went on to send all of its events for another {ResultText.Seconds(abort.DelayMs)} and never noticed"]);
        }
        else if (abort.DelayMs > PromptMs && !IsCutAt(evidence, abort.EndedMs))
        {
            // Apache has no setting for it; heartbeats are the remedy, and Tokenfall sends them.
            var severity = ProductDetector.SeenAt(evidence).Contains(Product.Apache) ? Severity.Note : Severity.Fault;
            yield return new(FindingId.AbortLate, severity, [$"The reader disconnected; the application noticed {ResultText.Seconds(abort.DelayMs)} later, having sent {abort.Writes} more events in between"]);
        }
    }

    // A hop that drops the stream for another reason has not passed on the disconnect.
    private static bool IsCutAt(Evidence evidence, double endedMs) =>
        evidence.Idle is { } idle && new[] { idle.Silent, idle.WithHeartbeats }.Any(stream => stream.Ending == Ending.Cut && Math.Abs(stream.EndedMs - endedMs) < 400);
}
