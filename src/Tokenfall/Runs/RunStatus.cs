namespace Tokenfall;

/// <summary>Where a run stands. It leaves <see cref="Running"/> once, just before its terminal event is in the log.</summary>
public enum RunStatus
{
    /// <summary>Events may still be appended.</summary>
    Running,

    /// <summary>The provider said that the answer is complete.</summary>
    Done,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>It ended with an <c>error</c> event.</summary>
    Failed,

    /// <summary>Nobody was reading it and nobody came back in time: its <see cref="DisconnectPolicy"/> ended it.</summary>
    Abandoned,
}
