namespace Tokenfall.Cli.Terminal;

/// <summary>The exit codes. Scripts rely on them: they never change.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Fine = 0;

    /// <summary>The command ran, and found a problem or could not do all that was asked.</summary>
    public const int Failed = 1;

    /// <summary>The command line is invalid.</summary>
    public const int Usage = 2;

    /// <summary>The server could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Ended by Ctrl+C before there was a result; the number that shells use.</summary>
    public const int Stopped = 130;
}
