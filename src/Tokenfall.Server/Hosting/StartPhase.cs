namespace Tokenfall.Server.Hosting;

/// <summary>Tells whether the server has started. Thread-safe.</summary>
internal sealed class StartPhase
{
    private volatile bool _over;

    public bool IsOver
    {
        get => _over;
        set => _over = value;
    }
}
