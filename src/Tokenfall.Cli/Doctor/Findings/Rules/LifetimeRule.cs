using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Streams are cut, the silent ones or all of them; or heartbeats do not get through, which would keep them open.</summary>
internal sealed class LifetimeRule : IRule
{
    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (evidence.Idle is not { } idle) yield break;
        var (silent, withHeartbeats) = (idle.Silent, idle.WithHeartbeats);
        if (HeartbeatsAreDropped(withHeartbeats, out var expected))
        {
            // Then the stream with heartbeats is silent, too.
            yield return new(FindingId.HeartbeatsDropped, Severity.Fault, [$"{expected} comments were sent, {withHeartbeats.CommentsMs.Count} arrived, events did"]);
            if (IsLost(silent)) yield return Cut(FindingId.IdleCut, idle, silent.EndedMs);
            yield break;
        }
        // Where no stream ever ends, their length says nothing.
        if (evidence.Streams.Any() && evidence.Streams.All(variant => variant.Recording.Ending == Ending.Left)) yield break;
        if (IsLost(silent) && IsLost(withHeartbeats) && AreAlike(silent.EndedMs, withHeartbeats.EndedMs)) yield return Cut(FindingId.TotalCut, idle, withHeartbeats.EndedMs);
        else if (IsLost(silent)) yield return Cut(FindingId.IdleCut, idle, silent.EndedMs);
        else if (IsLost(withHeartbeats)) yield return Cut(FindingId.TotalCut, idle, withHeartbeats.EndedMs);
    }

    // Some hops drop a connection without telling either side: the stream never ends.
    private static bool IsLost(Recording stream) => stream.IsStream && stream.Ending is Ending.Cut or Ending.Left;

    private static Symptom Cut(string id, IdleResult idle, double afterMs) => new(
        id, Severity.Fault,
        [
            $"a silent stream: {ResultText.Of(idle.Silent)}",
            $"one with a comment each {ResultText.Milliseconds(idle.WithHeartbeats.Request.Heartbeat)}: {ResultText.Of(idle.WithHeartbeats)}",
            $"both were to last {ResultText.Seconds(idle.Silent.Request.DurationMs)}",
        ],
        afterMs);

    // At least half of those due by the end must have arrived: a busy machine delays comments, but loses none.
    private static bool HeartbeatsAreDropped(Recording withHeartbeats, out int expected)
    {
        expected = (int)((withHeartbeats.EndedMs - 500) / withHeartbeats.Request.Heartbeat);
        return withHeartbeats.IsStream && withHeartbeats.Ending != Ending.Left && expected >= 2 && withHeartbeats.CommentsMs.Count < expected / 2;
    }

    private static bool AreAlike(double one, double other) => Math.Abs(one - other) < 0.25 * Math.Max(one, other);
}
