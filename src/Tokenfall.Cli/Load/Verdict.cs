namespace Tokenfall.Cli.Load;

/// <summary>How a stream ended.</summary>
internal enum Verdict
{
    /// <summary>The whole answer came, once.</summary>
    Complete,

    /// <summary>It left in mid-answer, as planned.</summary>
    Left,

    /// <summary>It was still open when the load ended.</summary>
    Unfinished,

    /// <summary>The server did not answer with a stream.</summary>
    Refused,

    /// <summary>The answer ended with an <c>error</c> event.</summary>
    Failed,

    /// <summary>It was cut, fell silent, ended without a terminal event, or was malformed.</summary>
    Broken,

    /// <summary>Text is missing.</summary>
    Lost,

    /// <summary>Text came twice.</summary>
    Repeated,

    /// <summary>As much text as there should be, but other text.</summary>
    Changed,
}

/// <summary>What verdicts mean for a load.</summary>
internal static class Verdicts
{
    /// <summary>Whether the stream was what it should be.</summary>
    public static bool IsFine(this Verdict verdict) => verdict is Verdict.Complete or Verdict.Left or Verdict.Unfinished;
}
