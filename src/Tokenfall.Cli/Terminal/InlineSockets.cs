namespace Tokenfall.Cli.Terminal;

/// <summary>
/// Lets the thread that waits for sockets run what follows a receive, instead of handing it to the thread pool: a hop less for every
/// token read. The runtime takes the setting from the environment only, before the first socket.
/// </summary>
internal static class InlineSockets
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Does so, unless the user has set it either way. First thing in the process.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) Environment.SetEnvironmentVariable(Variable, "1");
    }
}
