using System.Diagnostics;
using System.Globalization;

namespace Tokenfall;

/// <summary>What a run keeps of the call that starts it: its trace and its cultures. Nothing else that is ambient to a request leaks into the run.</summary>
internal readonly struct CallerContext
{
    private readonly CultureInfo _culture;
    private readonly CultureInfo _uiCulture;
    private readonly ActivityContext _trace;

    private CallerContext(CultureInfo culture, CultureInfo uiCulture, ActivityContext trace)
    {
        _culture = culture;
        _uiCulture = uiCulture;
        _trace = trace;
    }

    public static CallerContext Capture() => new(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, Activity.Current?.Context ?? default);

    /// <summary>Sets the cultures and starts the run's activity, for the calling async method and what it awaits.</summary>
    /// <returns>The activity; null when nobody listens and the caller had no trace.</returns>
    public Activity? Enter(Run run, bool detached)
    {
        CultureInfo.CurrentCulture = _culture;
        CultureInfo.CurrentUICulture = _uiCulture;
        var activity = TokenfallTelemetry.StartRun(_trace, detached);
        activity?.SetTag("tokenfall.run.id", run.Id.ToString());
        if (run.Model is not null) activity?.SetTag("gen_ai.request.model", run.Model);
        return activity;
    }
}
