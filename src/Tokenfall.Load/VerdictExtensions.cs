namespace Tokenfall.Load;

/// <summary>What verdicts mean for a load.</summary>
public static class VerdictExtensions
{
    /// <summary>Whether the stream was what it should be.</summary>
    /// <param name="verdict">The verdict on the stream.</param>
    /// <returns>True for a complete stream, one that disconnected as planned, and one that was still open when the load ended.</returns>
    public static bool IsFine(this Verdict verdict) => verdict is Verdict.Complete or Verdict.Left or Verdict.Unfinished;
}
