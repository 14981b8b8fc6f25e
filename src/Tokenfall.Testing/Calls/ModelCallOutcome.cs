namespace Tokenfall.Testing;

/// <summary>How a call ended.</summary>
public enum ModelCallOutcome
{
    /// <summary>The server sent the whole answer.</summary>
    Completed,

    /// <summary>The client closed the connection first. Every answer that never ends by itself, such as a stall, ends like this.</summary>
    ClientLeft,

    /// <summary>The server ended it because of its <see cref="ModelFault"/>, or refused the request.</summary>
    Faulted,

    /// <summary>The server was disposed while it was still answering.</summary>
    ServerStopped,
}
