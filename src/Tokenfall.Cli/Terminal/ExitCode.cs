namespace Tokenfall.Cli.Terminal;

/// <summary>What the process says to a script. The numbers are part of the product and never change.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>The command ran, and found something wrong or could not do all that was asked.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The server to look at could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Ended by Ctrl+C before there was a result; as shells count it.</summary>
    public const int Stopped = 130;
}
