namespace Tokenfall.Cli.Terminal;

/// <summary>
/// Runs what follows a receive on the thread that waits for sockets, instead of the thread pool: one thread switch less per token. The
/// runtime reads the setting from the environment only, before the first socket.
/// </summary>
internal static class InlineSockets
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Sets it, unless the user has. To be called before anything else.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) Environment.SetEnvironmentVariable(Variable, "1");
    }
}
