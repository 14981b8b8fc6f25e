namespace Tokenfall.Load;

/// <summary>Sums over all streams of a load at one moment.</summary>
/// <param name="Started">How many streams were started.</param>
/// <param name="Open">How many are open.</param>
/// <param name="Peak">The most that were open at a time.</param>
/// <param name="Resumed">How many connections continued a stream.</param>
/// <param name="Ended">How many streams ended in which way.</param>
/// <param name="Lost">How much text is missing: tokens where they are numbered, otherwise characters.</param>
/// <param name="Repeated">How much text arrived twice, in the same unit.</param>
/// <param name="Deltas">How many deltas were received.</param>
/// <param name="Frames">How many frames they arrived in.</param>
/// <param name="Bytes">How many bytes were received, HTTP included.</param>
/// <param name="Problems">What was wrong, the most frequent first.</param>
public sealed record LoadTotals(
    int Started, int Open, int Peak, int Resumed, IReadOnlyDictionary<Verdict, int> Ended, long Lost, long Repeated,
    long Deltas, long Frames, long Bytes, IReadOnlyList<LoadProblem> Problems);
