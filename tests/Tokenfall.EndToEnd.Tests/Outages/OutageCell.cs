namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>What goes wrong.</summary>
public enum Fault
{
    /// <summary>The reader's network is gone, and its device knows it.</summary>
    Offline,

    /// <summary>Packets are lost in both directions, and nobody is told.</summary>
    Dropped,

    /// <summary>The proxy is stopped, and started again when the outage is over.</summary>
    ProxyRestart,

    /// <summary>The connections between proxy and server are reset, and new ones too.</summary>
    SocketReset,

    /// <summary>The reader's timers stand still and its packets are lost, as in a sleeping laptop.</summary>
    Frozen,
}

/// <summary>When it goes wrong.</summary>
public enum Moment
{
    BeforeTheFirstToken,
    InMidAnswer,
    JustBeforeTheEnd,
}

/// <summary>Who reads.</summary>
public enum ReaderKind
{
    Chromium,
    Node,
}

/// <summary>One cell of the outage matrix.</summary>
/// <param name="Seconds">How long the outage lasts, before it is scaled.</param>
internal sealed record OutageCell(ReaderKind Reader, Fault Fault, double Seconds, Moment Moment)
{
    public override string ToString() => $"{Reader}-{Fault}-{Seconds}-{Moment}";
}

/// <summary>What came of it.</summary>
/// <param name="Text">The text that the reader has.</param>
/// <param name="States">The states that it saw.</param>
/// <param name="Posts">How many questions the server got.</param>
/// <param name="Calls">How often the model was asked.</param>
/// <param name="Back">From the end of the outage until the answer was complete.</param>
internal sealed record OutageResult(string Text, string States, int Posts, int Calls, TimeSpan Back)
{
    public const string Whole = "Hello,\n  wörld 😀";

    /// <summary>Whether nothing was lost, repeated or paid twice.</summary>
    public bool IsGood => Text == Whole && Calls == 1 && States.Trim().EndsWith("done", StringComparison.Ordinal);
}
