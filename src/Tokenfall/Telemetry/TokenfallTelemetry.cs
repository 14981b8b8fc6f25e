using System.Diagnostics;

namespace Tokenfall;

/// <summary>The activity source <c>Tokenfall</c>, with one activity per run.</summary>
internal static class TokenfallTelemetry
{
    public const string SourceName = "Tokenfall";

    private const string RunActivity = "tokenfall.run";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a run's activity: a child of the caller's, or linked to it if the run outlives the request.</summary>
    public static Activity? StartRun(ActivityContext caller, bool detached)
    {
        if (detached && caller != default) return Source.StartActivity(ActivityKind.Internal, default(ActivityContext), links: [new ActivityLink(caller)], name: RunActivity);
        if (Source.StartActivity(RunActivity, ActivityKind.Internal, caller) is { } recorded) return recorded;
        // No listener records runs, but the caller's trace still has to reach the model.
        return caller == default ? null : new Activity(RunActivity).SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags).Start();
    }
}
