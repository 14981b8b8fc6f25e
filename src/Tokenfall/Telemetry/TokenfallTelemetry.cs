using System.Diagnostics;

namespace Tokenfall;

/// <summary>The activity source <c>Tokenfall</c>, with one activity per run.</summary>
internal static class TokenfallTelemetry
{
    public const string SourceName = "Tokenfall";

    private const string RunActivity = "tokenfall.run";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a run's activity: a child of the caller's, or linked to it if the run outlives the request.</summary>
    /// <param name="caller">The caller's activity.</param>
    /// <param name="isTraced">Whether the caller's activity is part of a trace that began elsewhere.</param>
    /// <param name="detached">Whether the run outlives the call.</param>
    public static Activity? StartRun(ActivityContext caller, bool isTraced, bool detached)
    {
        if (detached && caller != default) return Source.StartActivity(ActivityKind.Internal, default(ActivityContext), links: [new ActivityLink(caller)], name: RunActivity);
        if (Source.StartActivity(RunActivity, ActivityKind.Internal, caller) is { } recorded) return recorded;
        // No listener records runs, but a trace that came with the request still has to reach the model.
        if (!isTraced) return null;
        var activity = new Activity(RunActivity) { TraceStateString = caller.TraceState };
        return activity.SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags).Start();
    }
}
