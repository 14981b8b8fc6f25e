namespace Tokenfall;

/// <summary>What happens to a run when its last reader leaves.</summary>
/// <remarks>
/// For a reader that has promised to return, and lost its connection or was sent away by the server, the run waits for
/// <see cref="TokenfallOptions.ResumeGrace"/> under <see cref="Grace"/> and <see cref="Stop"/> alike. A run that ends because nobody came back ends
/// as <see cref="RunStatus.Abandoned"/>.
/// </remarks>
public enum DisconnectPolicy
{
    /// <summary>It continues for <see cref="TokenfallOptions.Grace"/> and then ends, unless a reader returns.</summary>
    Grace,

    /// <summary>It ends at once.</summary>
    Stop,

    /// <summary>It runs to its end.</summary>
    Continue,
}
