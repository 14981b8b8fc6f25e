using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>A reader leaves, and the application goes on generating.</summary>
internal sealed class AbortRule : IRule
{
    // Less than the pause between two events, so that it was not a write that told.
    private const double PromptMs = 1200;

    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        if (evidence.Abort is not { Seen: { } seen } abort) yield break;
        if (!seen)
        {
            yield return new(FindingId.AbortNever, Severity.Fault, [$"The reader left after half a second; the application sent all of its events for another {Words.Seconds(abort.DelayMs)} and was never told"]);
        }
        else if (abort.DelayMs > PromptMs && !IsCutAt(evidence, abort.EndedMs))
        {
            // Apache has no line for it: a heartbeat is the remedy, and Tokenfall sends those.
            var severity = Recognition.At(evidence).Contains(Product.Apache) ? Severity.Note : Severity.Fault;
            yield return new(FindingId.AbortLate, severity, [$"The reader left; the application noticed {Words.Seconds(abort.DelayMs)} later, having sent {abort.Writes} more events in between"]);
        }
    }

    // A hop that drops the stream for another reason has not passed on that the reader left.
    private static bool IsCutAt(Evidence evidence, double endedMs) =>
        evidence.Idle is { } idle && new[] { idle.Silent, idle.Beating }.Any(stream => stream.Ending == Ending.Cut && Math.Abs(stream.EndedMs - endedMs) < 400);
}
