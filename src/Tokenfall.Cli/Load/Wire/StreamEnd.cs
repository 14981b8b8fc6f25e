namespace Tokenfall.Cli.Load;

/// <summary>How a response ended.</summary>
internal enum StreamEnd
{
    /// <summary>With its last chunk.</summary>
    Clean,

    /// <summary>Without it.</summary>
    Cut,

    /// <summary>The reader left.</summary>
    Left,
}
