using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Streams are cut: the silent ones, or all of them. And comments that do not come through keep nobody awake.</summary>
internal sealed class LifetimeRule : IRule
{
    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        if (evidence.Idle is not { } idle) yield break;
        var (silent, beating) = (idle.Silent, idle.Beating);
        if (HeartbeatsAreDropped(beating, out var expected))
        {
            // The stream with heartbeats is then a silent one, too.
            yield return new(FindingId.HeartbeatsDropped, Severity.Fault, [$"{expected} comments were sent, {beating.CommentsMs.Count} arrived, events did"]);
            if (IsLost(silent)) yield return Cut(FindingId.IdleCut, idle, silent.EndedMs);
            yield break;
        }
        // Where no stream ends at all, its length says nothing.
        if (evidence.Streams.Any() && evidence.Streams.All(variant => variant.Recording.Ending == Ending.Left)) yield break;
        if (IsLost(silent) && IsLost(beating) && AreAlike(silent.EndedMs, beating.EndedMs)) yield return Cut(FindingId.TotalCut, idle, beating.EndedMs);
        else if (IsLost(silent)) yield return Cut(FindingId.IdleCut, idle, silent.EndedMs);
        else if (IsLost(beating)) yield return Cut(FindingId.TotalCut, idle, beating.EndedMs);
    }

    // Some hops forget a connection without a word to either side: its end never comes.
    private static bool IsLost(Recording stream) => stream.IsStream && stream.Ending is Ending.Cut or Ending.Left;

    private static Symptom Cut(string id, IdleResult idle, double afterMs) => new(
        id, Severity.Fault,
        [
            $"a silent stream: {Words.Of(idle.Silent)}",
            $"one with a comment each {Words.Milliseconds(idle.Beating.Request.Heartbeat)}: {Words.Of(idle.Beating)}",
            $"both were to last {Words.Seconds(idle.Silent.Request.DurationMs)}",
        ],
        afterMs);

    // Of those that were due by the end, at least half must be there; a busy machine loses none, it only delays them.
    private static bool HeartbeatsAreDropped(Recording beating, out int expected)
    {
        expected = (int)((beating.EndedMs - 500) / beating.Request.Heartbeat);
        return beating.IsStream && beating.Ending != Ending.Left && expected >= 2 && beating.CommentsMs.Count < expected / 2;
    }

    private static bool AreAlike(double one, double other) => Math.Abs(one - other) < 0.25 * Math.Max(one, other);
}
