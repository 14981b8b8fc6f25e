namespace Tokenfall.Server.Hosting;

/// <summary>Whether the server is still starting. Any thread may ask.</summary>
internal sealed class StartPhase
{
    private volatile bool _over;

    public bool Over
    {
        get => _over;
        set => _over = value;
    }
}
