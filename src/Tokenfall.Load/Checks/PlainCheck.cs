namespace Tokenfall.Load;

/// <summary>
/// Counts the events of any server. Where the text carries timestamps, they tell what is missing and how late it was, whatever the format;
/// otherwise all that can be checked is that the body ends properly.
/// </summary>
internal sealed class PlainCheck(LoadPlan plan, LoadFigures figures) : LoadCheck(plan, figures)
{
    public override void OnFrame(SseFrame frame)
    {
        var seen = Stamps.Count;
        Stamps.Read(frame.Data, Timing.Arrived);
        var fresh = Stamps.Count - seen;
        // Where tokens are counted, events without one do not count.
        if (fresh > 0 || Plan.Tokens is null) CountText(Math.Max(1, fresh));
    }

    public override void Complete()
    {
        HasEnded = true;
        base.Complete();
    }
}
