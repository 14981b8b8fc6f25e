using System.Diagnostics;
using System.Globalization;

namespace Tokenfall;

/// <summary>What a run keeps of the call that starts it: its trace with its baggage, and its cultures. Nothing else that is ambient to a request leaks into the run.</summary>
internal readonly struct CallerContext
{
    private readonly CultureInfo _culture;
    private readonly CultureInfo _uiCulture;
    private readonly ActivityContext _trace;
    private readonly KeyValuePair<string, string?>[] _baggage;
    private readonly bool _isTraced;

    private CallerContext(CultureInfo culture, CultureInfo uiCulture, Activity? activity)
    {
        _culture = culture;
        _uiCulture = uiCulture;
        _trace = activity?.Context ?? default;
        _baggage = activity is null ? [] : [.. activity.Baggage];
        _isTraced = activity?.ParentId is not null;
    }

    public static CallerContext Capture() => new(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, Activity.Current);

    /// <summary>Sets the cultures and starts the run's activity, for the calling async method and what it awaits.</summary>
    /// <returns>The activity; null when nobody listens and the caller had no trace.</returns>
    public Activity? Enter(Run run, bool detached)
    {
        // Only where they differ: a culture of its own is moved at every switch of contexts.
        if (!ReferenceEquals(_culture, CultureInfo.CurrentCulture)) CultureInfo.CurrentCulture = _culture;
        if (!ReferenceEquals(_uiCulture, CultureInfo.CurrentUICulture)) CultureInfo.CurrentUICulture = _uiCulture;
        var activity = TokenfallTelemetry.StartRun(_trace, _isTraced, detached);
        // Added at the front, so the last comes first.
        for (var i = _baggage.Length - 1; i >= 0; i--) activity?.AddBaggage(_baggage[i].Key, _baggage[i].Value);
        activity?.SetTag("tokenfall.run.id", run.Id.ToString());
        if (run.Model is not null) activity?.SetTag("gen_ai.request.model", run.Model);
        return activity;
    }
}
