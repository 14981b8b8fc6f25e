namespace Tokenfall;

/// <summary>What happens to a run when its last reader disconnects.</summary>
public enum DisconnectPolicy
{
    /// <summary>It continues for <see cref="TokenfallOptions.Grace"/>, then it is stopped, unless a reader returns.</summary>
    Grace,

    /// <summary>It is stopped at once.</summary>
    Stop,

    /// <summary>It runs to its end.</summary>
    Continue,
}
