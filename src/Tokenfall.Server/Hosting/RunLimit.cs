using Microsoft.Extensions.Options;

namespace Tokenfall.Server.Hosting;

/// <summary>
/// Lets no more runs be alive than files may be open: each needs a connection to the model, and one to its reader. Runs beyond that would end
/// in errors, or in the middle of an answer; as it is, their start is answered with 429.
/// </summary>
/// <param name="logger">Receives a warning when the limit is lower than the setting.</param>
/// <param name="connections">How many connections may be open; null for no limit.</param>
internal sealed partial class RunLimit(ILogger<RunLimit> logger, long? connections) : IPostConfigureOptions<TokenfallOptions>
{
    public RunLimit(ILogger<RunLimit> logger)
        : this(logger, OpenFiles.MaxConnections())
    {
    }

    public void PostConfigure(string? name, TokenfallOptions options)
    {
        if (connections is not { } most || options.Limits.MaxRuns <= most) return;
        LogLower(most, options.Limits.MaxRuns);
        options.Limits.MaxRuns = (int)most;
    }

    [LoggerMessage(1, LogLevel.Warning, "At most {Most} answers run at once, although Tokenfall:Limits:MaxRuns is {MaxRuns}: no more files may be open. "
        + "Raise the limit with \"ulimit -n 65536\", or LimitNOFILE=65536 in a systemd unit.")]
    private partial void LogLower(long most, int maxRuns);
}
