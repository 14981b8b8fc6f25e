namespace Tokenfall.Tests;

/// <summary>What follows a scripted body's last byte.</summary>
internal enum BodyEnding
{
    /// <summary>The proper end.</summary>
    Close,

    /// <summary>A broken connection.</summary>
    Break,

    /// <summary>Nothing, until the reader gives up.</summary>
    Hang,
}
