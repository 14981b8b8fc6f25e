namespace Tokenfall.Load;

/// <summary>The limit on open files is too low for a load. The message says how to raise it.</summary>
/// <param name="connections">The connections wanted.</param>
/// <param name="needed">The open files that they need.</param>
/// <param name="limit">The hard limit of this process.</param>
public sealed class FileLimitException(int connections, int needed, long limit) : InvalidOperationException(
    $"{connections} connections in one process need {needed} open files, but the hard limit is {limit}. Raise it (ulimit -Hn, or LimitNOFILE in systemd), or use fewer connections.");
