namespace Tokenfall.Tests;

/// <summary>Questions about a run's end.</summary>
internal static class RunEnds
{
    public static string Code(this RunEnd end) => end.Error!.Code.ToWireName();

    public static double RetryAfterSeconds(this RunEnd end) => end.Error!.RetryAfter!.Value.TotalSeconds;
}
