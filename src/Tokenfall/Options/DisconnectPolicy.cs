namespace Tokenfall;

/// <summary>What happens to a run when its last reader has gone.</summary>
public enum DisconnectPolicy
{
    /// <summary>It goes on for <see cref="TokenfallOptions.Grace"/>, then it is stopped, unless a reader comes back.</summary>
    Grace,

    /// <summary>It is stopped at once.</summary>
    Stop,

    /// <summary>It goes on to its end.</summary>
    Continue,
}
