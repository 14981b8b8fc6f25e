namespace Tokenfall;

/// <content>Whose time it is, for the watchdog: its thread reads what the source's thread writes.</content>
public sealed partial class RunWriter
{
    /// <summary>No time stamp: zero would be one that a clock may give.</summary>
    internal const long NoSign = long.MinValue;

    private long _lastSign = NoSign;
    private volatile bool _hasContent;
    private volatile bool _awaitsAnswer = true;
    private volatile bool _isPaused;

    // NoSign until the first one. Read by the watchdog's thread, as the next two are.
    internal long LastSign => Volatile.Read(ref _lastSign);

    /// <summary>Whether the model was asked and has not begun to answer: at first, and after a pause.</summary>
    internal bool AwaitsAnswer => _awaitsAnswer;

    /// <summary>Whether the model is not the one to wait for.</summary>
    internal bool IsPaused => _isPaused;

    /// <summary>Whether anything of the answer was seen.</summary>
    internal bool HasContent => _hasContent;

    /// <summary>Says that the model is at work although there is nothing to show: it keeps the content timeout from firing.</summary>
    public void Progress()
    {
        _hasContent = true;
        Alive();
        _awaitsAnswer = false;
    }

    /// <summary>
    /// Says that what follows is not the model's time but the application's, such as a tool that it runs: the content timeouts rest until the source
    /// writes again. The next answer may then take as long as a first one. <see cref="UpstreamOptions.TotalTimeout"/> goes on.
    /// </summary>
    public void PauseContentTimeout()
    {
        _awaitsAnswer = true;
        _isPaused = true;
    }

    /// <summary>Something arrived that says nothing: the connection is alive, and an attempt that fails now can still be repeated.</summary>
    internal void Alive()
    {
        // Before the flags: the watchdog must not see that the model's time goes on with the stamp of before the pause.
        Volatile.Write(ref _lastSign, _time.GetTimestamp());
        _isPaused = false;
    }
}
