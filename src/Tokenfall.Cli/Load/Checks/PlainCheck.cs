namespace Tokenfall.Cli.Load;

/// <summary>
/// Counts the events of any server. Where the text has time stamps, they say what is missing and how late it came, whatever the dialect;
/// otherwise a body that ends properly is all that can be known.
/// </summary>
internal sealed class PlainCheck(LoadPlan plan, LoadFigures figures) : LoadCheck(plan, figures)
{
    public override void OnFrame(SseFrame frame)
    {
        var seen = Stamps.Count;
        Stamps.Read(frame.Data, At.Arrived);
        var fresh = Stamps.Count - seen;
        // Where tokens are counted, other events are envelope.
        if (fresh > 0 || Plan.Tokens is null) CountText(Math.Max(1, fresh));
    }

    public override void Complete()
    {
        IsOver = true;
        base.Complete();
    }
}
